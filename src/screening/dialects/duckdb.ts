import { type Dialect, quoted } from '../to-sql/dialect.js'

const day = (days: string) => `(DATE '1970-01-01' + (${days})::INTEGER)`
const words = (text: string) => `string_split(ltrim(${text}), ' ')`

/** DuckDB: files and columns in memory. */
export const duckdb: Dialect = {
  name: 'duckdb',
  types: {
    int8: 'TINYINT',
    int16: 'SMALLINT',
    int32: 'INTEGER',
    int64: 'BIGINT',
    wide: 'HUGEINT',
    boolean: 'BOOLEAN',
    text: 'VARCHAR',
    list: 'VARCHAR[]',
    money: 'DECIMAL(18, 2)',
    ratio: 'STRUCT(n HUGEINT, d HUGEINT)',
  },
  arithmetic: {
    quotient: (a, b) => `(${a} // ${b})`,
    rest: (a, b) => `(${a} % ${b})`,
    gcd: (a, b) => `gcd(${a}, ${b})`,
  },
  functions: {
    year: (days) => `year(${day(days)})::SMALLINT`,
    month: (days) => `month(${day(days)})::SMALLINT`,
    dayOfMonth: (days) => `day(${day(days)})::SMALLINT`,
    startsWith: (text, prefix) => `starts_with(${text}, ${prefix})`,
    regionPrefix: (region) => `regexp_replace(${region}, '(00)+$', '')`,
    contains: (list, code) => `list_contains(${list}, ${code})`,
    sameSet: (a, b) => `(list_sort(${a}) = list_sort(${b}))`,
    numerator: (ratio) => `(${ratio}).n`,
    denominator: (ratio) => `(${ratio}).d`,
    join: (...texts) => `concat(${texts.join(', ')})`,
    yuan: (fen) => `((${fen})::DECIMAL(18, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)`,
    noList: () => '[]::VARCHAR[]',
    listOf: words,
    sortedListOf: (text) => `list_sort(list_distinct(${words(text)}))`,
  },
  aggregates: {
    sum: (each) => `sum(${each})`,
    count: () => 'count(*)',
    any: (each) => `bool_or(${each})`,
    all: (each) => `bool_and(${each})`,
    texts: (each) => `coalesce(string_agg(${each}, ''), '')`,
    ratios: (n, d) =>
      `list_reduce(list({n: (${n})::HUGEINT, d: (${d})::HUGEINT}), lambda x, y: list_transform([{a: x, b: y}], lambda p: list_transform([{n: p.a.n * p.b.d + p.b.n * p.a.d, d: p.a.d * p.b.d}], lambda s: {n: s.n // gcd(s.n, s.d), d: s.d // gcd(s.n, s.d)})[1])[1])`,
  },
  fence: '',
  prelude: [],
  keep: (table) => `CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS`,
}
