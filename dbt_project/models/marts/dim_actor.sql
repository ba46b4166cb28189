with participants as (
    select * from {{ ref('stg_participants') }}
),

spellings as (
    select
        actor_id,
        actor_name,
        country,
        sector,
        row_number() over (
            partition by actor_id order by count(*) desc, actor_name asc
        ) as rank
    from participants
    group by actor_id, actor_name, country, sector
)

select
    actor_id,
    actor_name,
    country,
    sector
from spellings
where rank = 1
