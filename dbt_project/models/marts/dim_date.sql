with days as (
    select date_from as day from {{ ref('stg_figures') }}
    union
    select date_to as day from {{ ref('stg_figures') }}
    union
    select date_from as day from {{ ref('stg_events') }}
    union
    select date_to as day from {{ ref('stg_events') }}
    union
    select published_date as day from {{ ref('stg_document_versions') }}
),

bounds as (
    select
        min(day) as first_day,
        max(day) as last_day
    from days
),

spine as (
    select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
    from bounds
)

select
    day as date_day,
    year(day) as year,
    quarter(day) as quarter,
    month(day) as month,
    monthname(day) as month_name,
    isoyear(day) as iso_year,
    weekofyear(day) as iso_week,
    isodow(day) as iso_weekday,
    dayname(day) as weekday_name,
    isodow(day) >= 6 as is_weekend
from spine
