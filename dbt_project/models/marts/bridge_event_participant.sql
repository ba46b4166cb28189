with participants as (
    select * from {{ ref('stg_participants') }}
)

select
    row_id,
    role,
    position,
    version_id,
    is_current_version,
    actor_id,
    actor_name,
    country,
    sector,
    text,
    start,
    "end"
from participants
