with events as (
    select * from {{ ref('stg_events') }}
),

claimants as (
    select
        row_id,
        string_agg(source_name, '; ' order by position) as claimant_names
    from {{ ref('stg_claimants') }}
    where row_kind = 'event'
    group by row_id
),

participants as (
    select
        row_id,
        string_agg(actor_name, '; ' order by position)
            filter (where role = 'actor') as actor_names,
        string_agg(distinct country, ' ' order by country)
            filter (where role = 'actor') as actor_countries,
        string_agg(actor_name, '; ' order by position)
            filter (where role = 'recipient') as recipient_names,
        string_agg(distinct country, ' ' order by country)
            filter (where role = 'recipient') as recipient_countries
    from {{ ref('stg_participants') }}
    group by row_id
)

select
    events.* exclude (attribution, actors, recipients),
    case
        when events.mode is null then events.event_type
        else events.event_type || '/' || events.mode
    end as event_type_id,
    participants.* exclude (row_id),
    claimants.claimant_names
from events
left join claimants on events.row_id = claimants.row_id
left join participants on events.row_id = participants.row_id
