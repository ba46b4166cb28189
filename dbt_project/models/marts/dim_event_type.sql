with types as (
    select * from {{ ref('plover_event_types') }}
)

select
    case when mode is null then event_type else event_type || '/' || mode end as event_type_id,
    event_type,
    mode,
    meaning,
    quad_code,
    quad_name,
    score,
    cameo_roots,
    acled
from types
