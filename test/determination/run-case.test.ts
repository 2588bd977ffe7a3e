import t from 'tap'
import { changedCases } from '../../src/determination/changed-cases.js'
import { runCase } from '../../src/determination/run-case.js'
import type { Case, Expected } from '../../src/model/case.js'
import { mutatedProgrammes } from '../../src/rulebook/mutate-programme.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from '../../src/rulebook/rulebook.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()
const household = {
  monthlyIncomeTotal: 100,
  hukouCode: '441900',
  meetsDibaoPropertyRule: true,
  members: [{ id: 'm1' }, { id: 'm2' }],
}

async function differences(
  extra: Partial<Case>,
  programme = 'dongguan/minimum-living',
  book: Rulebook = rulebook,
) {
  const one: Case = {
    name: 'a case',
    asOf: '2020-06-01',
    household,
    expect: { outcome: 'eligible' },
    ...extra,
  }
  const loaded = book.programmes.get(programme) as LoadedProgramme
  return (await runCase(book, loaded, one)).differences
}

t.test('a case that comes out as expected has no differences', async (t) => {
  const expect = {
    outcome: 'eligible',
    amount: 2020,
    version: '2020-03-06',
    needs: null,
    missing: [],
    bound: 'exact',
  } satisfies Expected
  t.strictSame(await differences({ expect }), [])
  t.strictSame(
    await differences({ asOf: '2014-01-01', expect: { notInForce: 'before-first-version' } }),
    [],
  )
})

t.test('a difference names what was expected and what was found', async (t) => {
  t.strictSame(await differences({ expect: { outcome: 'unknown', amount: 2 } }), [
    'outcome: expected "unknown", found "eligible"',
    'amount: expected 2, found 2020',
  ])
  t.strictSame(await differences({ expect: { notInForce: 'gap' } }), [
    'notInForce: expected "gap", found a version in force',
  ])
  t.strictSame(await differences({ expect: { subject: 'm1', outcome: 'eligible' } }), [
    '0 determinations match the subject',
  ])
  t.strictSame(
    await differences({ expect: { outcome: 'unknown' } }, 'dongguan/home-nursing-visit'),
    ['2 determinations match the subject'],
  )
})

t.test('what an answer lacks is said in words', async (t) => {
  const rich = { hukouCode: '441900', monthlyIncomeTotal: 9000, members: [{ id: 'm1' }] }
  const lacking = {
    amount: null,
    bound: 'exact',
    rate: 1,
    points: { won: 1, possible: 1, short: 0 },
  }
  const expect = { outcome: 'ineligible', ...lacking } as Expected
  t.strictSame(await differences({ household: rich, expect }), [
    'amount: expected null, found no entitlement',
    'bound: expected "exact", found no entitlement',
    'rate: expected 1, found no rate',
    'points: expected {"won":1,"possible":1,"short":0}, found no points table',
  ])
})

t.test('a refused household and a broken engine are differences too', async (t) => {
  t.match(await differences({ household: { nothing: 1, members: [{ id: 'm1' }] } }), [
    /^\/household.*nothing/,
  ])
})

t.test('engines that disagree are found', async (t) => {
  const entry = rulebook.programmes.get('dongguan/minimum-living') as LoadedProgramme
  const [undated, version] = entry.versions as [LoadedVersion, LoadedVersion]
  let reads = 0
  // The engines read a rule's conditions apart; a rule that changes between them makes them differ.
  const rule = {
    ...version.rule,
    get conditions() {
      reads += 1
      return reads > 2
        ? { kind: 'not' as const, child: version.rule.conditions }
        : version.rule.conditions
    },
  }
  const programmes = new Map([
    ...rulebook.programmes,
    ['dongguan/minimum-living', { ...entry, versions: [undated, { ...version, rule }] }],
  ])
  const found = await differences({}, 'dongguan/minimum-living', {
    ...rulebook,
    programmes,
  } as Rulebook)
  t.match(found, [/dongguan\/minimum-living@2020-03-06: engines disagree, 3 and 0/])
})

t.test('cases that change with a rate say so, and what stays is not listed', async (t) => {
  const rulebook = shippedRulebook()
  const loaded = rulebook.programmes.get('zhuhai/inpatient-reimbursement') as LoadedProgramme
  const [version] = loaded.versions as readonly [LoadedVersion]
  const mutants = [...mutatedProgrammes(rulebook, loaded)]
  const raised = mutants.find(({ id }) => id.endsWith('0.76'))?.loaded?.versions[0]
  const changed = changedCases(rulebook, loaded, [version, raised as LoadedVersion])
  t.ok(changed.length > 0 && changed.length < loaded.cases.length)
  for (const { from, to } of changed) {
    t.strictSame([from.outcome, from.amount, to.amount], ['eligible', 0.75, 0.76])
  }
  const denied = mutants.find(({ id }) => id.endsWith('/all/1 notEqual'))?.loaded?.versions[0]
  const turned = changedCases(rulebook, loaded, [version, denied as LoadedVersion])
  t.ok(turned.some(({ to }) => to.outcome === 'ineligible' && to.amount === null))
})
