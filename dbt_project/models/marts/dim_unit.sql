with units as (
    select * from {{ ref('units') }}
)

select
    unit,
    dimension,
    dimension = 'currency' as is_currency,
    base_unit,
    factor as base_factor,
    base_offset
from units
