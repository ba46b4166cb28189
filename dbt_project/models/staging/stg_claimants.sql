with figures as (
    select
        row_id,
        'figure' as row_kind,
        version_id,
        is_current_version,
        attribution
    from {{ ref('stg_figures') }}
),

events as (
    select
        row_id,
        'event' as row_kind,
        version_id,
        is_current_version,
        attribution
    from {{ ref('stg_events') }}
),

claims as (
    select * from figures
    union all
    select * from events
),

positions as (
    select
        *,
        unnest(generate_series(1, len(attribution))) as position
    from claims
),

claimants as (
    select
        *,
        attribution[position] as claimant
    from positions
)

select
    row_id,
    row_kind,
    version_id,
    is_current_version,
    position,
    claimant['role'] as role,
    coalesce(claimant['name'], claimant['text']) as source_name,
    {{ source_id("coalesce(claimant['name'], claimant['text'])") }} as source_id,
    claimant['text'] as text,
    claimant['start'] as start,
    claimant['end'] as "end",
    claimant['cue'] as cue,
    claimant['cue_start'] as cue_start,
    claimant['cue_end'] as cue_end
from claimants
