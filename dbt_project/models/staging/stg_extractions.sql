with source as (
    select * from {{ source('landing', 'extractions') }}
),

versions as (
    select
        version_id,
        published_date
    from {{ ref('stg_document_versions') }}
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by source.version_id
            order by
                source.published_date is distinct from versions.published_date asc,
                source.loaded_at desc,
                source.extractor_version desc,
                source.extraction_id desc
        ) as recency
    from source
    inner join versions on source.version_id = versions.version_id
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
