import { rmSync, writeFileSync } from 'node:fs'
import { type OpenLedger, openLedger } from '../../src/ledger/open-ledger.js'
import { decisionWithFacts } from '../../src/ledger/read-decision.js'
import {
  parseRecalculationTerms,
  type RecalculationLine,
  recalculate,
} from '../../src/ledger/recalculate.js'
import { recordDecision } from '../../src/ledger/record-decision.js'
import { type ReplayTerms, replayDecision } from '../../src/ledger/replay-decision.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import type { Decision } from '../../src/model/decision.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'
import { basePlaces, copyBase } from './rulebooks.js'
import { runHuimin } from './run-huimin.js'

type Teardown = { teardown(end: () => unknown): unknown; testdir(): string }

/** The small good rulebook: it never changes, so decisions under it replay for ever. */
export const town: Rulebook = loadRulebook(basePlaces)

/** After its versions were published, before the correction of one. */
export const BEFORE_CORRECTION = '2026-11-21T12:00:00Z'
export const AFTER_CORRECTION = '2026-11-22T12:00:00Z'

/** A ledger in a folder, closed with the test. */
export async function townLedger(t: Teardown, folder: string): Promise<OpenLedger> {
  const ledger = await openLedger({ DATA_DIR: folder }, () => new Date(AFTER_CORRECTION))
  t.teardown(() => ledger.close().catch(() => {}))
  return ledger
}

/** A decision request in the town, for one case. */
export function townRequest(given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    asOf: '2020-06-01',
    jurisdiction: '990001',
    programmes: ['town/living'],
    caseReference: 'case-1',
    purpose: 'test',
    household: { hukouCode: '990001', income: 1000, members: [{ id: 'm1' }, { id: 'm2' }] },
    ...given,
  }
}

/** A request for the elders' allowance; in 2021 the person is as old as it wants. */
export const elder = {
  programmes: ['town/elders'],
  asOf: '2021-06-01',
  household: { members: [{ id: 'm1', dateOfBirth: '1951-01-01' }] },
}

const TODAY = '2026-11-24T00:00:00Z'

/** A recorded decision determined again. */
export async function replay(
  { store }: OpenLedger,
  { id }: Pick<Decision, 'id'>,
  rulebook: Rulebook,
  terms: ReplayTerms = {},
): Promise<ReturnType<typeof replayDecision>> {
  const recorded = await decisionWithFacts(store, (await store.entry(id)) as StoredEntry)
  const asked = { ...recorded, terms, language: 'en', detail: 'full' } as const
  return replayDecision(rulebook, asked, new Date(TODAY))
}

/** What a recalculation lists. */
export async function worklist(
  { store }: Pick<OpenLedger, 'store'>,
  rulebook: Rulebook,
  terms = {},
  now = TODAY,
): Promise<readonly RecalculationLine[]> {
  const lines: RecalculationLine[] = []
  const at = new Date(now)
  const asked = { store, rulebook, terms: parseRecalculationTerms(terms, at), now: at }
  for await (const line of recalculate(asked)) lines.push(line)
  return lines
}

let keys = 0

/** Records a decision in the town at an instant. */
export async function decide(
  ledger: OpenLedger,
  request: Record<string, unknown> = {},
  at = AFTER_CORRECTION,
  rulebook = town,
): Promise<Decision> {
  keys += 1
  const submission = {
    json: townRequest(request),
    idempotencyKey: `key-${keys}`,
    actor: 'worker-1',
    office: 'north',
    language: 'en' as const,
  }
  return (await recordDecision(ledger, rulebook, submission, new Date(at))).decision
}

/** What tests change in a version. */
export interface TownVersion {
  readonly parameters: { readonly standard: object }
}

/** The town's rulebook with one more version published, of a file of the town changed by `edit`. */
export async function withVersion(
  folder: string,
  file: string,
  edit: (version: TownVersion) => Record<string, unknown>,
  publishedAt: string,
): Promise<Rulebook> {
  const root = copyBase(folder)
  const rule = JSON.parse(JSON.stringify(versionOf(file)))
  const edited = { ...rule, publishedAt: null, ...edit(rule) }
  const path = `${root}/rules/${edited.programme}/${edited.version}.json`
  writeFileSync(path, JSON.stringify(edited, null, 2))
  // Its cases were written for the versions before.
  rmSync(`${root}/rules/${edited.programme}/cases.json`)
  const published = await runHuimin('rules publish --by encoder-1 --reviewer reader-1', {
    project: root,
    now: () => new Date(publishedAt),
  })
  if (published.code !== 0) throw new Error(published.err)
  return loadRulebook({ layers: [{ rules: `${root}/rules`, seeds: `${root}/seeds` }] })
}

function versionOf(id: string): unknown {
  const programme = town.programmes.get(id.slice(0, id.indexOf('@')))
  return programme?.versions.find(({ rule }) => rule.id === id)?.json
}
