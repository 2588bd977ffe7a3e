import t from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { determine } from '../../src/determination/determine.js'
import type { Condition } from '../../src/model/condition.js'
import type { DeterminationAnswer } from '../../src/model/determination.js'
import type { Language } from '../../src/model/language.js'
import { addProgramme } from '../support/add-programme.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const TEKUN = 'dongguan/extreme-hardship-support'
const ORPHAN = 'dongguan/orphan-basic-living'
const LIVING = 'dongguan/minimum-living'
const NURSING = 'dongguan/severe-disability-nursing-subsidy'
const rulebook = shippedRulebook()

const alone = {
  hukouCode: '441900',
  hasLabourCapacity: false,
  hasLivelihoodSource: false,
  hasAbleLegalSupporter: false,
}
const orphan = { id: 'm1', dateOfBirth: '2006-01-01', isOrphan: true, ...alone }
const elder = { id: 'm1', dateOfBirth: '1950-01-01', ...alone }
const severe = { disabilityGrade: 1, needsLongTermCare: true, receivesWorkInjuryNursingFee: false }

interface Asked {
  readonly members: readonly object[]
  readonly programmes: readonly string[]
  readonly household?: object
  readonly language?: Language
  readonly detail?: 'full' | 'summary'
}

function ask({ members, programmes, household, language = 'en', detail = 'full' }: Asked) {
  const json = {
    asOf: '2020-06-01',
    jurisdiction: '441900',
    programmes,
    detail,
    household: { ...household, members },
  }
  return determine(rulebook, parseDeterminationRequest(rulebook, json, NOW), language)
}

/** The conflicts that each determination warns of. */
function warned({ determinations }: DeterminationAnswer) {
  return determinations.map(({ programme, warnings }) => [
    programme,
    ...warnings.filter((code) => code.startsWith('conflicts-with:')),
  ])
}

t.test('two programmes for one orphan warn of each other and say why', async (t) => {
  const answer = ask({ members: [orphan], programmes: [TEKUN, ORPHAN] })
  t.strictSame(warned(answer), [
    [TEKUN, `conflicts-with:${ORPHAN}`],
    [ORPHAN, `conflicts-with:${TEKUN}`],
  ])
  t.match(
    answer.warnings[`conflicts-with:${TEKUN}`],
    /"Support in extreme hardship"\. .+ under sixteen/,
  )
  t.ok(answer.clauses.tekun2016, 'the clause of the conflict is cited')
  t.ok(answer.determinations[1]?.interpretations.includes('orphan-first-rule-continues'))
  const zh = ask({ members: [orphan], programmes: [TEKUN, ORPHAN], language: 'zh' })
  t.match(zh.warnings[`conflicts-with:${TEKUN}`], /^与“特困人员供养”未必能同时享受。.+。$/)
})

t.test('a conflict that concerns some is not warned of for others', async (t) => {
  const sixteen = { ...orphan, dateOfBirth: '2004-06-01', isDisabled: true }
  const answer = ask({ members: [sixteen], programmes: [TEKUN, ORPHAN] })
  t.strictSame(
    answer.determinations.map(({ outcome }) => outcome),
    ['eligible', 'eligible'],
  )
  t.strictSame(warned(answer), [[TEKUN], [ORPHAN]])
})

t.test('what is asked alone warns of nothing but its own version', async (t) => {
  t.strictSame(warned(ask({ members: [orphan], programmes: [ORPHAN] })), [[ORPHAN]])
  const own = ask({ members: [orphan], programmes: [TEKUN] })
  t.strictSame(warned(own), [[TEKUN, `conflicts-with:${ORPHAN}`]])
})

t.test('a conflict needs one programme granted and the other possible', async (t) => {
  const both = [TEKUN, NURSING]
  const possible = ask({ members: [{ ...elder, ...severe }], programmes: both })
  t.strictSame(
    possible.determinations.map(({ outcome }) => outcome),
    ['eligible', 'unknown'],
  )
  t.strictSame(warned(possible), [
    [TEKUN, `conflicts-with:${NURSING}`],
    [NURSING, `conflicts-with:${TEKUN}`],
  ])
  const refused = ask({ members: [{ ...elder, ...severe, tekunStatus: true }], programmes: both })
  t.strictSame(warned(refused), [[TEKUN], [NURSING]])
  const open = ask({ members: [{ id: 'm1' }], programmes: both })
  t.strictSame(warned(open), [[TEKUN], [NURSING]], 'neither is granted')
})

t.test('a summary is shared only by households that are warned alike', async (t) => {
  const conditions: Condition = {
    fact: 'household.size',
    operator: 'greaterThanInclusive',
    value: 1,
    clause: 'da2015',
  }
  const when: Condition = {
    fact: 'household.dibaoStatus',
    operator: 'equal',
    value: true,
    clause: 'da2015',
  }
  const entitlement = {
    kind: 'service',
    amount: null,
    unit: null,
    bound: 'exact',
    clause: 'da2015',
  } as const
  const warnings = [
    { warning: 'instrument-pending' as const },
    { warning: 'start-not-stated' as const, when },
  ]
  const book = addProgramme(rulebook, 'dongguan/trial', 'household', {
    conditions,
    entitlement,
    warnings,
  })
  const warningsFor = (dibaoStatus: boolean) => {
    const json = {
      asOf: '2020-06-01',
      jurisdiction: '441900',
      programmes: ['dongguan/trial'],
      detail: 'summary',
      household: { dibaoStatus, members: [{ id: 'm1' }] },
    }
    const answer = determine(book, parseDeterminationRequest(book, json, NOW), 'en')
    return answer.determinations[0]?.warnings
  }
  t.strictSame(warningsFor(false), ['instrument-pending', 'unchecked-source'])
  t.strictSame(warningsFor(true), ['instrument-pending', 'start-not-stated', 'unchecked-source'])
  t.strictSame(warningsFor(false), ['instrument-pending', 'unchecked-source'])
})

t.test('a household programme meets those of its members, members only their own', async (t) => {
  const household = { monthlyIncomeTotal: 0, hukouCode: '441900', meetsDibaoPropertyRule: true }
  const other = { id: 'm2', dateOfBirth: '1990-01-01', ...alone, hasLabourCapacity: true }
  for (const detail of ['full', 'summary'] as const) {
    const answer = ask({ household, members: [elder, other], programmes: [TEKUN, LIVING], detail })
    t.strictSame(warned(answer), [
      [TEKUN, `conflicts-with:${LIVING}`],
      [TEKUN],
      [LIVING, `conflicts-with:${TEKUN}`],
    ])
  }
  const summary = ask({
    household,
    members: [other],
    programmes: [TEKUN, LIVING],
    detail: 'summary',
  })
  t.strictSame(warned(summary), [[TEKUN], [LIVING]], 'nothing is kept from the answer before')
  const apart = ask({
    members: [elder, { ...other, ...severe, tekunStatus: false }],
    programmes: [TEKUN, NURSING],
  })
  t.strictSame(warned(apart), [
    [TEKUN, `conflicts-with:${NURSING}`],
    [TEKUN],
    [NURSING, `conflicts-with:${TEKUN}`],
    [NURSING],
  ])
})
