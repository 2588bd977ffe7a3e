import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { defectLine } from '../../src/rulebook/rulebook.js'
import { copyBase, defectsOf } from '../support/rulebooks.js'

const RULE = 'rules/town/living/2022-01-01.json'
const CLAUSES = 'seeds/clauses/more.json'
const codes = (count: number) => Array.from({ length: count }, (_, index) => `${990_100 + index}`)
const hukou = (operator: string, value: unknown) => ({
  fact: 'household.hukouCode',
  operator,
  value,
  clause: 'law-1',
})
const each = (count: number) => codes(count).map((code) => hukou('equal', code))

test('31 codes told apart are too many, wherever in a jurisdiction they are compared', async (t) => {
  const reason = (told: number) =>
    `${told} codes of household.hukouCode are told apart by the rules of one jurisdiction, 30 at most (codes that always stand in the same lists are one)`
  // The good rule compares one code of its own.
  t.strictSame(loaded(t, { rule: each(29) }), [])
  t.strictSame(loaded(t, { rule: each(30) }), [`${RULE} /conditions: ${reason(31)}`])
  t.strictSame(loaded(t, { rule: [hukou('in', codes(40))] }), [], 'a list is one')
  t.strictSame(loaded(t, { rule: [hukou('in', codes(40)), ...each(29)] }), [
    `${RULE} /conditions: ${reason(31)}`,
  ])
  t.strictSame(loaded(t, { rule: each(20), warning: each(29) }), [], 'the same codes again')
  t.strictSame(loaded(t, { warning: each(30) }), [`${RULE} /warnings/0/when: ${reason(31)}`])
  t.strictSame(loaded(t, { rule: each(20), referral: each(30) }), [
    `${CLAUSES} /clauses/0/referral/group: ${reason(31)}`,
  ])
  t.strictSame(loaded(t, { referral: each(30), subject: 'member' }), [], 'another program')
})

interface Given {
  readonly rule?: readonly object[]
  readonly warning?: readonly object[]
  readonly referral?: readonly object[]
  readonly subject?: string
}

/** The defects of the good rulebook with a draft and a referral more, each with conditions of their own. */
function loaded(t: Test, { rule = [], warning, referral, subject = 'household' }: Given) {
  const root = copyBase(t.testdir())
  const version = read(join(root, 'rules/town/living/2020-01-01.json'))
  write(join(root, RULE), {
    ...version,
    version: '2022-01-01',
    validFrom: '2022-01-01',
    publishedAt: null,
    conditions: { all: [...version.conditions.all, ...rule] },
    ...(warning && { warnings: [{ warning: 'start-not-stated', when: { any: warning } }] }),
  })
  const [clause] = read(join(root, 'seeds/clauses/law.json')).clauses
  const group = { any: referral }
  const place = { jurisdiction: '990001', subject, validFrom: null, validTo: null }
  const referred = {
    ...clause,
    id: 'referred',
    status: 'referral',
    why: clause.text,
    referral: { ...place, group },
  }
  write(join(root, CLAUSES), { clauses: referral === undefined ? [] : [referred] })
  const layer = { rules: join(root, 'rules'), seeds: join(root, 'seeds') }
  return defectsOf({ layers: [layer], sources: join(root, 'sources') }).map(defectLine)
}

function read(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function write(path: string, json: object): void {
  writeFileSync(path, JSON.stringify(json))
}
