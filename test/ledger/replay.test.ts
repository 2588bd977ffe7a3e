import { test } from 'tap'
import { parseReplayTerms, type ReplayTerms } from '../../src/ledger/replay-decision.js'
import { reviewDecision } from '../../src/ledger/review-decision.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'
import {
  AFTER_CORRECTION,
  BEFORE_CORRECTION,
  decide,
  elder,
  replay,
  town,
  townLedger,
} from '../support/town-ledger.js'

/** A decision made before the correction, and how it is replayed. */
async function decided(t: Parameters<typeof townLedger>[0]) {
  const ledger = await townLedger(t, t.testdir())
  const decision = await decide(ledger, elder, BEFORE_CORRECTION)
  const replayed = async (terms: ReplayTerms, rulebook: Rulebook = town) =>
    (await replay(ledger, decision, rulebook, terms)).determination
  return { ledger, decision, replayed }
}

test('a replay on one other clock keeps the recorded one', async (t) => {
  const { replayed } = await decided(t)
  const before = new Date(BEFORE_CORRECTION)
  const later = await replayed({ asOf: '2022-06-01' })
  t.match(later, {
    asOf: '2022-06-01',
    determinations: [{ ruleVersion: 'town/elders@2020-01-01' }],
  })
  t.equal(Date.parse(later.knownAt), before.getTime())
  t.match(await replayed({ knownAt: AFTER_CORRECTION }), {
    asOf: '2021-06-01',
    determinations: [{ ruleVersion: 'town/elders@2020-01-01.2' }],
  })
  t.match(await replayed({ rules: 'current' }), {
    asOf: '2021-06-01',
    determinations: [{ ruleVersion: 'town/elders@2020-01-01.2' }],
  })
  t.match(await replayed({ rules: 'recorded' }), {
    asOf: '2021-06-01',
    determinations: [{ ruleVersion: 'town/elders@2020-01-01' }],
  })
})

test('what is lost is named in both languages', async (t) => {
  const { replayed } = await decided(t)
  const lost = { ...town, programmes: new Map() } as Rulebook
  await t.rejects(replayed({}, lost), {
    code: 'rulebook-changed',
    detail: {
      zh: '规则库中的 town/elders@2020-01-01 已丢失或已改变',
      en: 'town/elders@2020-01-01 is lost from the rulebook or has changed',
    },
  })
})

test('terms of a replay that exclude each other are refused', async (t) => {
  t.strictSame(parseReplayTerms(undefined), {})
  t.throws(() => parseReplayTerms({ rules: 'current', knownAt: AFTER_CORRECTION }), {
    code: 'invalid-request',
    faults: [
      {
        pointer: '/knownAt',
        code: 'not-with-current',
        message: { zh: 'rules 为 current 时不能给出', en: 'cannot be given when rules is current' },
      },
    ],
  })
})

test('a review of what was not decided is refused where it says so', async (t) => {
  const { ledger, decision } = await decided(t)
  const entry = (await ledger.store.entry(decision.id)) as StoredEntry
  const said = {
    programme: 'town/elders',
    subject: { kind: 'member', id: 'm1' },
    outcome: 'ineligible',
    reason: 'seen otherwise',
  }
  for (const [changed, pointer] of [
    [{ programme: 'town/living' }, '/programme'],
    [{ subject: { kind: 'member', id: 'm2' } }, '/subject'],
    [{ subject: { kind: 'household' } }, '/subject'],
  ] as const)
    await t.rejects(
      reviewDecision(
        ledger,
        entry,
        { json: { ...said, ...changed }, actor: 'w', office: 'north' },
        new Date(AFTER_CORRECTION),
      ),
      {
        code: 'invalid-request',
        faults: [
          {
            pointer,
            code: 'not-decided',
            message: {
              zh: '该决定中没有这一项',
              en: 'is not among the outcomes of this decision',
            },
          },
        ],
      },
    )
})
