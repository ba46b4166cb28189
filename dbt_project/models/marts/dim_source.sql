with claimants as (
    select
        source_id,
        source_name,
        role
    from {{ ref('stg_claimants') }}
),

publishers as (
    select
        {{ source_id('publisher') }} as source_id,
        publisher as source_name,
        'publisher' as role
    from {{ ref('stg_document_versions') }}
    where publisher is not null
),

mentions as (
    select * from claimants
    union all
    select * from publishers
),

spellings as (
    select
        source_id,
        source_name,
        row_number() over (
            partition by source_id order by count(*) desc, source_name asc
        ) as rank
    from mentions
    group by source_id, source_name
),

roles as (
    select
        source_id,
        bool_or(role = 'originator') as is_originator,
        bool_or(role = 'document') as is_document,
        bool_or(role = 'conveyor') as is_conveyor,
        bool_or(role = 'publisher') as is_publisher
    from mentions
    group by source_id
)

select
    roles.*,
    spellings.source_name
from roles
inner join spellings on roles.source_id = spellings.source_id and spellings.rank = 1
union all by name
select
    {{ unknown_id() }} as source_id,
    'not given' as source_name,
    false as is_originator,
    false as is_document,
    false as is_conveyor,
    false as is_publisher
