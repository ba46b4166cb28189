with versions as (
    select * from {{ ref('stg_document_versions') }}
),

extractions as (
    select * from {{ ref('stg_extractions') }}
    where is_current_extraction
)

select
    versions.version_id,
    versions.document_id,
    versions.version_number,
    versions.is_current_version,
    versions.title,
    case
        when versions.publisher is null then {{ unknown_id() }}
        else {{ source_id('versions.publisher') }}
    end as publisher_id,
    versions.published_date,
    versions.published_source,
    versions.language,
    versions.canonical_url,
    versions.source_path,
    versions.source_record,
    versions.source_format,
    versions.clean_text,
    versions.char_count,
    versions.near_duplicate_of,
    versions.near_duplicate_share,
    versions.flags,
    extractions.extraction_id,
    extractions.extractor_version,
    extractions.sentence_count,
    versions.loaded_at
from versions
left join extractions on versions.version_id = extractions.version_id
