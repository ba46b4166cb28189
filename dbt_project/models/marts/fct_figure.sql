with figures as (
    select * exclude (attribution) from {{ ref('stg_figures') }}
),

events as (
    select row_id from {{ ref('stg_events') }}
),

claimants as (
    select
        row_id,
        string_agg(source_name, '; ' order by position) as claimant_names
    from {{ ref('stg_claimants') }}
    where row_kind = 'figure'
    group by row_id
)

select
    figures.* replace (
        events.row_id as event,
        referred.row_id as reference,
        equivalents.row_id as equivalent_of
    ),
    {{ withheld_links({
        'event': ('figures.event', 'events.row_id'),
        'reference': ('figures.reference', 'referred.row_id'),
        'equivalent_of': ('figures.equivalent_of', 'equivalents.row_id'),
    }) }} as withheld_links,
    claimants.claimant_names
from figures
left join events on figures.event = events.row_id
left join figures as referred on figures.reference = referred.row_id
left join figures as equivalents on figures.equivalent_of = equivalents.row_id
left join claimants on figures.row_id = claimants.row_id
order by figures.version_id, figures.start, figures."end", figures.row_id
