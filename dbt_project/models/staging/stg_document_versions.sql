with source as (
    select * from {{ source('landing', 'document_versions') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_id
            order by loaded_at, published_date nulls first, source_path, source_record, version_id
        ) as version_number,
        count(*) over (partition by document_id) as version_count
    from source
)

select
    version_id,
    document_id,
    version_number,
    version_number = version_count as is_current_version,
    source_path,
    source_record,
    source_format,
    file_hash,
    canonical_url,
    title,
    publisher,
    published_date,
    published_source,
    language,
    clean_text,
    char_count,
    near_duplicate_of,
    near_duplicate_share,
    flags,
    run_id,
    loaded_at
from ranked
