with participants as (
    select * from {{ ref('stg_participants') }}
),

spellings as (
    select
        actor_id,
        actor_name,
        bool_or(is_named) over (partition by actor_id) as is_named,
        country,
        sector,
        count(*) over (partition by actor_id, actor_name) as mention_count
    from participants
),

ranked as (
    select
        *,
        row_number() over (
            partition by actor_id order by mention_count desc, actor_name asc
        ) as rank
    from spellings
)

select
    actor_id,
    actor_name,
    is_named,
    country,
    sector
from ranked
where rank = 1
