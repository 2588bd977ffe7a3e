import { type Dialect, quoted } from '../to-sql/dialect.js'

const day = (days: string) => `(DATE '1970-01-01' + (${days})::integer)`
const part = (name: string) => (days: string) => `extract(${name} FROM ${day(days)})::smallint`
const words = (text: string) => `string_to_array(ltrim(${text}), ' ')`

/** PostgreSQL 15 and later: tables where they are, by its own parallel plan. */
export const postgres: Dialect = {
  name: 'postgres',
  types: {
    int8: 'smallint',
    int16: 'smallint',
    int32: 'integer',
    int64: 'bigint',
    wide: 'numeric',
    boolean: 'boolean',
    text: 'text',
    list: 'text[]',
    money: 'numeric(18, 2)',
    ratio: 'numeric[]',
  },
  arithmetic: {
    // Whole numbers of 63 bits are cut towards 0 by themselves, numerics by div.
    quotient: (a, b, type) => (type === 'wide' ? `div(${a}, ${b})` : `(${a} / ${b})`),
    rest: (a, b) => `(${a} % ${b})`,
    gcd: (a, b) => `gcd(${a}, ${b})`,
  },
  functions: {
    year: part('year'),
    month: part('month'),
    dayOfMonth: part('day'),
    startsWith: (text, prefix) => `starts_with(${text}, ${prefix})`,
    regionPrefix: (region) => `regexp_replace(${region}, '(00)+$', '')`,
    contains: (list, code) => `(${code} = ANY(${list}))`,
    sameSet: (a, b) => `(${a} @> ${b} AND ${b} @> ${a})`,
    numerator: (ratio) => `(${ratio})[1]`,
    denominator: (ratio) => `(${ratio})[2]`,
    join: (...texts) => `concat(${texts.join(', ')})`,
    yuan: (fen) => `((${fen}) * 0.01)::numeric(18, 2)`,
    noList: () => `'{}'::text[]`,
    listOf: words,
    sortedListOf: (text) =>
      `ARRAY(SELECT DISTINCT word COLLATE "C" FROM unnest(${words(text)}) AS words(word) ORDER BY 1)`,
  },
  aggregates: {
    sum: (each) => `sum(${each})`,
    count: () => 'count(*)',
    any: (each) => `bool_or(${each})`,
    all: (each) => `bool_and(${each})`,
    texts: (each) => `coalesce(string_agg(${each}, ''), '')`,
    ratios: (n, d) => `pg_temp.huimin_sum((${n})::numeric, (${d})::numeric)`,
  },
  // A subquery with OFFSET is not flattened: what it computes is computed once. A plain 0 would be
  // cast to bigint, and only an OFFSET that is 0 without computing leaves a subquery to workers.
  fence: " OFFSET '0'",
  prelude: [
    `CREATE OR REPLACE FUNCTION pg_temp.huimin_add(sum numeric[], n numeric, d numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ARRAY[div(t.n, gcd(t.n, t.d)), div(t.d, gcd(t.n, t.d))] FROM (SELECT sum[1] * $3 + $2 * sum[2] AS n, sum[2] * $3 AS d) AS t $$`,
    'DROP AGGREGATE IF EXISTS pg_temp.huimin_sum(numeric, numeric)',
    `CREATE AGGREGATE pg_temp.huimin_sum(numeric, numeric) (sfunc = pg_temp.huimin_add, stype = numeric[], initcond = '{0,1}', parallel = safe)`,
  ],
  keep: (table) => `CREATE UNLOGGED TABLE ${quoted(table)} AS`,
}
