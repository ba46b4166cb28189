with source as (
    select * from {{ source('landing', 'extractions') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by version_id
            order by loaded_at desc, extractor_version desc, extraction_id desc
        ) as recency
    from source
)

select
    extraction_id,
    document_id,
    version_id,
    recency = 1 as is_current_extraction,
    published_date,
    extractor_version,
    sentence_count,
    figure_count,
    event_count,
    number_count,
    run_id,
    loaded_at
from ranked
