with versions as (
    select * from {{ ref('stg_document_versions') }}
),

histories as (
    select
        document_id,
        count(*) as version_count,
        min(published_date) as first_published_date,
        max(published_date) as last_published_date,
        min(loaded_at) as first_loaded_at
    from versions
    group by document_id
)

select
    versions.document_id,
    versions.version_id as current_version_id,
    versions.title,
    versions.publisher,
    versions.canonical_url,
    histories.version_count,
    histories.first_published_date,
    histories.last_published_date,
    histories.first_loaded_at
from versions
inner join histories on versions.document_id = histories.document_id
where versions.is_current_version
