import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Clause } from '../../src/model/clause.js'
import { coverage } from '../../src/rulebook/coverage.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

/** Passages read in each document: clauses that speak of someone, goals of the government, others. */
const READ: Readonly<Record<string, readonly [clauses: number, targets: number, others: number]>> =
  {
    '000': [40, 0, 6],
    '001': [88, 65, 14],
    '002': [120, 12, 7],
    '003': [51, 13, 8],
    '004': [49, 8, 8],
  }

const rulebook = shippedRulebook()
const covered = new Map(coverage(rulebook).map((one) => [one.document.id, one]))

for (const [id, [clauses, targets, others]] of Object.entries(READ)) {
  t.test(`every passage of document ${id} has its place`, async (t) => {
    const { clauses: list } = JSON.parse(readFileSync(`seeds/clauses/${id}.json`, 'utf8'))
    const document = covered.get(id)
    const ids = (list as Clause[]).map((clause) => clause.id)
    t.strictSame([...ids].sort(), document?.clauses.map((clause) => clause.id).sort())
    t.equal(new Set(ids).size, clauses + targets + others)
    const { counts } = document ?? { counts: undefined }
    t.equal((counts?.encoded ?? 0) + (counts?.referral ?? 0), clauses, 'encoded or referred')
    t.strictSame([counts?.target, counts?.excluded], [targets, others])
  })
}

t.test('an encoded clause is used, any other says why it is no rule', async (t) => {
  for (const { document, clauses } of covered.values()) {
    for (const { id, status, programmes, facts, why } of clauses) {
      if (status === 'encoded') {
        const conflict = rulebook.conflicts.some((one) => one.conflict.clause === id)
        t.ok(programmes.length + facts.length > 0 || conflict, `${document.id}: ${id} is cited`)
      } else t.ok(why?.zh && why.en, `${document.id}: ${id} says why`)
      t.equal(rulebook.referrals.has(id), status === 'referral', id)
    }
  }
})

t.test('a clause of a definition names the facts that rest on it', async (t) => {
  const clauses = [...covered.values()].flatMap((document) => document.clauses)
  const elders = clauses.find(({ id }) => id === 'elder-2')
  t.ok(elders?.facts.includes('member.isElderly'))
  t.ok(elders?.programmes.includes('dongguan/extreme-hardship-support'))
})

const sources = process.env.SOURCES_DIR
// Where there are no documents, CI cannot look: a skipped test would be a failure there.
if (sources !== undefined || process.env.CI !== 'true') {
  const skip =
    sources === undefined ? 'no source documents: set SOURCES_DIR to their folder' : false
  t.test('every phrase is found in its document', { skip }, async (t) => {
    const layers = [{ rules: 'rules', seeds: 'seeds' }]
    const { paragraphs, clauses } = loadRulebook({ layers, sources: sources as string })
    const quoted = [...clauses.values()].filter(({ quote }) => quote !== null)
    t.ok(quoted.length >= 489, `${quoted.length} phrases`)
    for (const { id } of quoted) t.ok(paragraphs.get(id), `${id} stands in a paragraph`)
  })
}
