with source as (
    select * from {{ source('landing', 'figures') }}
),

extractions as (
    select extraction_id
    from {{ ref('stg_extractions') }}
    where is_current_extraction
),

versions as (
    select
        version_id,
        is_current_version
    from {{ ref('stg_document_versions') }}
)

select
    source.*,
    {{ place_id() }} as place_id,
    versions.is_current_version
from source
inner join extractions on source.extraction_id = extractions.extraction_id
inner join versions on source.version_id = versions.version_id
