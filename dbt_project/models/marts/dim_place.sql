with mentions as (
    {{ places_of(ref('stg_figures')) }}
    union all
    {{ places_of(ref('stg_events')) }}
),

entries as (
    select
        *,
        count(*) as mention_count
    from mentions
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by place_id
            order by
                latitude is null asc,
                mention_count desc,
                place_name asc,
                country asc,
                precision asc
        ) as rank
    from entries
)

select * exclude (mention_count, rank)
from ranked
where rank = 1
union all by name
select
    {{ unknown_id() }} as place_id,
    'not given' as place_name
