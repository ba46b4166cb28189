with events as (
    select * exclude (attribution, actors, recipients) from {{ ref('stg_events') }}
),

claimants as (
    select
        row_id,
        string_agg(source_name, '; ' order by position) as claimant_names
    from {{ ref('stg_claimants') }}
    where row_kind = 'event'
    group by row_id
),

sides as (
    select
        row_id,
        role,
        string_agg(actor_name, '; ' order by position) as names,
        string_agg(distinct country, ' ' order by country) as countries
    from {{ ref('stg_participants') }}
    group by row_id, role
),

actors as (
    select * from sides
    where role = 'actor'
),

recipients as (
    select * from sides
    where role = 'recipient'
)

select
    events.*,
    case
        when events.mode is null then events.event_type
        else events.event_type || '/' || events.mode
    end as event_type_id,
    actors.names as actor_names,
    actors.countries as actor_countries,
    recipients.names as recipient_names,
    recipients.countries as recipient_countries,
    claimants.claimant_names
from events
left join claimants on events.row_id = claimants.row_id
left join actors on events.row_id = actors.row_id
left join recipients on events.row_id = recipients.row_id
order by events.version_id, events.start, events."end", events.row_id
