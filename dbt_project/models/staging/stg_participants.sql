with events as (
    select * from {{ ref('stg_events') }}
),

sides as (
    select
        row_id,
        version_id,
        is_current_version,
        'actor' as role,
        actors as entities
    from events
    union all
    select
        row_id,
        version_id,
        is_current_version,
        'recipient' as role,
        recipients as entities
    from events
),

positions as (
    select
        *,
        unnest(generate_series(1, len(entities))) as position
    from sides
),

participants as (
    select
        *,
        entities[position] as entity
    from positions
)

select
    row_id,
    version_id,
    is_current_version,
    role,
    position,
    coalesce(entity['name'], entity['text']) as actor_name,
    entity['name'] is not null as is_named,
    {{ surrogate_key([
        folded_name("coalesce(entity['name'], entity['text'])"),
        "entity['country']",
        "entity['sector']",
    ]) }} as actor_id,
    entity['country'] as country,
    entity['sector'] as sector,
    entity['text'] as text,
    entity['start'] as start,
    entity['end'] as "end"
from participants
