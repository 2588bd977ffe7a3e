import { decisionWithFacts } from '../../ledger/read-decision.js'
import { parseReplayTerms, replayDecision } from '../../ledger/replay-decision.js'
import type { Replay } from '../../model/decision.js'
import type { Subject } from '../../model/determination.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { withLedger } from '../ledger-of.js'
import { type Options, optional } from '../options.js'
import { rulebookOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin replay ID` */
export const replay: Command = {
  help: `huimin replay ID [--as-of DATE] [--known-at INSTANT] [--current] [--json]

Determines a recorded decision again. Without a clock: exactly the versions it was made under, and
exit 1 when it does not come out the same, or is not as it was sealed. With one: the versions that clock chooses.

  --as-of DATE         as if asked for this day
  --known-at INSTANT   as known at this instant
  --current            as known now`,
  options: {
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    current: { type: 'boolean' },
  },
  operands: [1, 1],
  run: (given) =>
    withLedger(given, async ({ reads }) => {
      const { operands, options, io } = given
      const terms = parseReplayTerms(termsOf(options))
      const entry = await reads.entry(operands[0] as string)
      if (entry?.kind !== 'decision') throw new UsageError('there is no decision with this ID')
      const recorded = await decisionWithFacts(reads, entry)
      const asked = { ...recorded, terms, language: 'zh', detail: 'full' } as const
      const found = replayDecision(rulebookOf(io), asked, io.now())
      const altered = recorded.altered?.message ?? null
      const seal = altered === null ? '' : `${entry.id} ${altered}\n`
      answer(given, { ...found, altered }, () => `${seal}${rows(found)}`)
      const isExact = Object.keys(terms).length === 0
      return altered !== null || (isExact && !found.reproduced) ? 1 : 0
    }),
}

/** Clocks as the API takes them. */
export function termsOf(options: Options): Record<string, string> {
  const [asOf, knownAt] = [optional(options, 'as-of'), optional(options, 'known-at')]
  return {
    ...(asOf !== undefined && { asOf }),
    ...(knownAt !== undefined && { knownAt }),
    ...(options.current === true && { rules: 'current' }),
  }
}

function nameOf(subject: Subject | null): string {
  if (subject === null) return 'all'
  return subject.kind === 'member' ? subject.id : 'household'
}

function rows({ reproduced, differences }: Replay): string {
  if (reproduced) return 'reproduced\n'
  const found = differences.map(({ programme, subject, field, recorded, replayed }) => [
    programme ?? 'all',
    nameOf(subject),
    ...[field, JSON.stringify(recorded), JSON.stringify(replayed)],
  ])
  return table([['programme', 'subject', 'field', 'recorded', 'replayed'], ...found])
}
