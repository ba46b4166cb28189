with claimants as (
    select * from {{ ref('stg_claimants') }}
)

select
    row_id,
    position,
    row_kind,
    version_id,
    is_current_version,
    role,
    source_id,
    source_name,
    text,
    start,
    "end",
    cue,
    cue_start,
    cue_end
from claimants
