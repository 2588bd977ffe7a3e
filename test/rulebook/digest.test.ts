import t from 'tap'
import { canonicalJson, digestOf } from '../../src/rulebook/digest.js'
import { formatJson } from '../../src/rulebook/format-json.js'
import { bookDigest, programmesOf } from '../../src/rulebook/load-programmes.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { basePlaces } from '../support/rulebooks.js'

// RFC 8785, section 3.2.2 and 3.2.3.
const EXAMPLE = `{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
  "literals": [null, true, false]
}`
const CANONICAL =
  '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'

t.test('the canonical form is that of RFC 8785', async (t) => {
  t.equal(canonicalJson(JSON.parse(EXAMPLE)), CANONICAL)
})

t.test('keys are sorted by their UTF-16 code units', async (t) => {
  const json = {
    '\u20ac': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '\ud83d\ude00': 5,
    '\u0080': 6,
    '\u00f6': 7,
  }
  t.strictSame(Object.values(JSON.parse(canonicalJson(json)) as object), [4, 2, 6, 7, 1, 5, 3])
})

t.test('a digest is SHA-256 over the canonical form', async (t) => {
  t.equal(digestOf({}), 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  t.equal(digestOf({ a: 1, b: [2] }), digestOf({ b: [2], a: 1.0 }))
})

t.test('JSON is printed on one line where it fits 100 columns', async (t) => {
  const long = 'x'.repeat(60)
  t.equal(
    formatJson({ a: [], b: {}, c: [1, 'two', null] }),
    '{ "a": [], "b": {}, "c": [1, "two", null] }\n',
  )
  t.equal(
    formatJson({ list: [long, long], short: { a: true } }),
    `{\n  "list": [\n    "${long}",\n    "${long}"\n  ],\n  "short": { "a": true }\n}\n`,
  )
})

t.test('the digest of a rulebook is of everything an answer can depend on', async (t) => {
  const { digest, ...book } = loadRulebook(basePlaces)
  const versions = [...book.programmes.values()].flatMap((programme) => programme.versions)
  t.equal(bookDigest(book, versions), digest)
  t.not(bookDigest(book, versions.slice(1)), digest, 'a version less')
  const forMembers = versions.map((version) => ({
    ...version,
    rule: { ...version.rule, subject: 'member' as const },
  }))
  t.not(bookDigest(book, forMembers), digest, 'another subject')
  const [town] = [...book.jurisdictions.values()]
  const elsewhere = { ...book, jurisdictions: new Map([['990002', town]]) as never }
  t.not(bookDigest(elsewhere, versions), digest, 'another code of the jurisdiction')
  const [first] = book.facts as [(typeof book.facts)[number]]
  const fact = (change: object) =>
    bookDigest({ ...book, facts: [{ ...first, ...change }, ...book.facts.slice(1)] }, versions)
  t.not(fact({ id: 'household.another' }), digest, 'a fact of another name')
  t.not(fact({ type: 'boolean' }), digest, 'a fact of another meaning')
  t.equal(fact({ label: { zh: '另', en: 'another' } }), digest, 'a label may be improved')
  const entries = [...book.interpretations] as [string, { en: string }][]
  const [[id, choice]] = entries as [[string, { en: string }]]
  const interpretations = (entry: [string, object]) =>
    bookDigest({ ...book, interpretations: new Map([...entries, entry]) as never }, versions)
  t.not(interpretations(['another', choice]), digest, 'another interpretation')
  t.not(interpretations([id, { ...choice, en: 'another' }]), digest, 'in other words')
  t.not(bookDigest({ ...book, clauses: new Map() }, versions), digest, 'no clauses')
  const conflict = { conflict: { programmes: ['a/b', 'a/c'] } }
  t.not(bookDigest({ ...book, conflicts: [conflict] as never }, versions), digest, 'a conflict')
  const other = { conflict: { programmes: ['a/b', 'a/d'] } }
  t.not(
    bookDigest({ ...book, conflicts: [other] as never }, versions),
    bookDigest({ ...book, conflicts: [conflict] as never }, versions),
    'another conflict',
  )
})

t.test(
  'programmes stand in the order of their ids, whatever the order of their files',
  async (t) => {
    const place = (id: string) => ({ value: { id }, from: { folder: id }, pointer: '' })
    const parts = {
      jurisdictions: [],
      cases: [],
      equivalentMutants: [],
      programmes: ['b/y', 'a/z', 'b/x'].map(place),
    }
    const programmes = programmesOf(parts as never, [])
    t.strictSame([...programmes.keys()], ['a/z', 'b/x', 'b/y'])
    t.strictSame(programmes.get('a/z')?.equivalentMutants, [])
  },
)
