import { test } from 'tap'
import { compareDeterminations, compareOutcomes } from '../../src/ledger/compare-determinations.js'
import type { Determination, DeterminationAnswer, Reason } from '../../src/model/determination.js'

const of = (id: string) => ({ kind: 'member' as const, id })

/** A determination as far as it is compared. */
function determined(id: string, beside: Partial<Determination> = {}): Determination {
  return {
    programme: 'town/elders',
    subject: of(id),
    outcome: 'eligible',
    clauses: ['law-1'],
    missing: [],
    reasons: [],
    ...beside,
  } as unknown as Determination
}

const answer = (...determinations: readonly Determination[]) =>
  ({ determinations }) as unknown as DeterminationAnswer

const leaf = (condition: string, beside: Partial<Reason> = {}) =>
  ({ condition, met: true, required: 80, actual: 84, ...beside }) as Reason

const compared = (recorded: DeterminationAnswer, replayed: DeterminationAnswer) =>
  compareDeterminations(recorded, replayed).map((one) => [
    one.programme,
    one.subject,
    one.field,
    one.recorded,
    one.replayed,
  ])

test('each person is compared with the same person, each programme with the same programme', async (t) => {
  const living = determined('m1', { programme: 'town/living' })
  const recorded = answer(determined('m1'), determined('m2'), living)
  const replayed = answer(
    living,
    determined('m2'),
    determined('m1', { outcome: 'ineligible', clauses: ['law-2'] }),
  )
  t.strictSame(compared(recorded, replayed), [
    ['town/elders', of('m1'), 'outcome', 'eligible', 'ineligible'],
    ['town/elders', of('m1'), 'clauses', ['law-1'], ['law-2']],
  ])
  t.strictSame(compared(recorded, recorded), [])
})

test('who was determined on one side only differs by the outcome alone', async (t) => {
  const [both, only] = [determined('m1'), determined('m2', { missing: ['members/m2/age'] })]
  t.strictSame(compared(answer(both), answer(both, only)), [
    ['town/elders', of('m2'), 'outcome', null, 'eligible'],
  ])
  t.strictSame(compared(answer(both, only), answer(both)), [
    ['town/elders', of('m2'), 'outcome', 'eligible', null],
  ])
})

test('outcomes that are kept for ever are compared with those of an answer, on either side', async (t) => {
  const kept = [
    determined('m1'),
    determined('m2', { outcome: 'unknown' }),
    determined('m3', { programme: 'town/living' }),
  ]
  const replayed = answer(determined('m1'), determined('m2'), determined('m4'))
  const difference = { programme: 'town/elders', field: 'outcome' }
  t.strictSame(compareOutcomes(kept, replayed), [
    { ...difference, subject: of('m2'), recorded: 'unknown', replayed: 'eligible' },
    {
      ...difference,
      programme: 'town/living',
      subject: of('m3'),
      recorded: 'eligible',
      replayed: null,
    },
    { ...difference, subject: of('m4'), recorded: null, replayed: 'eligible' },
  ])
})

test('the amount, what is missing and what each leaf found are compared, a leaf of one side too', async (t) => {
  const before = determined('m1', {
    entitlement: { amount: 100 } as Determination['entitlement'],
    reasons: [leaf('/all/0'), leaf('/all/1')],
  })
  const after = determined('m1', {
    missing: ['household.income'],
    reasons: [leaf('/all/0', { met: null, actual: null }), leaf('/all/2', { text: 'other words' })],
  })
  const m1 = ['town/elders', of('m1')]
  t.strictSame(compared(answer(before), answer(after)), [
    [...m1, 'amount', 100, null],
    [...m1, 'missing', [], ['household.income']],
    [...m1, 'reasons/all/0/met', true, null],
    [...m1, 'reasons/all/0/actual', 84, null],
    [...m1, 'reasons/all/1/met', true, null],
    [...m1, 'reasons/all/1/required', 80, null],
    [...m1, 'reasons/all/1/actual', 84, null],
    [...m1, 'reasons/all/2/met', null, true],
    [...m1, 'reasons/all/2/required', null, 80],
    [...m1, 'reasons/all/2/actual', null, 84],
  ])
})
