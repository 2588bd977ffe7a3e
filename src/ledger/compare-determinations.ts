import type { Difference } from '../model/decision.js'
import type { Determination, DeterminationAnswer, Reason } from '../model/determination.js'
import { canonicalJson } from '../rulebook/digest.js'

/** A determination of one side, and of the other; one may be missing. */
interface Pair {
  readonly recorded: Determination | null
  readonly replayed: Determination | null
}

/**
 * Where two answers differ, by programme, subject and field: outcome, amount, clauses, missing,
 * and of each leaf whether it was met, what it required and what it found. Words may differ.
 */
export function compareDeterminations(
  recorded: DeterminationAnswer,
  replayed: DeterminationAnswer,
): readonly Difference[] {
  return pairsOf(recorded, replayed).flatMap((pair) => {
    const { programme, subject } = (pair.recorded ?? pair.replayed) as Determination
    return fieldsOf(pair).flatMap(([field, before, after]) =>
      canonicalJson(before) === canonicalJson(after)
        ? []
        : [{ programme, subject, field, recorded: before, replayed: after }],
    )
  })
}

type Decided = Pick<Determination, 'programme' | 'subject' | 'outcome'>

/** Where the outcomes that are kept for ever are not those of an answer. */
export function compareOutcomes(
  kept: readonly Decided[],
  { determinations }: Pick<DeterminationAnswer, 'determinations'>,
): readonly Difference[] {
  const [before, after] = [kept, determinations].map(outcomesByKey) as [Outcomes, Outcomes]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [recorded, replayed] = [before.get(key) ?? null, after.get(key) ?? null]
    const about = JSON.parse(key) as Pick<Decided, 'programme' | 'subject'>
    return recorded === replayed ? [] : [{ ...about, field: 'outcome', recorded, replayed }]
  })
}

type Outcomes = ReadonlyMap<string, string>

function outcomesByKey(all: readonly Decided[]): Outcomes {
  return new Map(
    all.map(({ programme, subject, outcome }) => [canonicalJson({ programme, subject }), outcome]),
  )
}

/** The determinations of two answers, side by side. */
export function pairsOf(
  recorded: Pick<DeterminationAnswer, 'determinations'>,
  replayed: Pick<DeterminationAnswer, 'determinations'>,
): readonly Pair[] {
  const key = ({ programme, subject }: Determination) => canonicalJson([programme, subject])
  const [before, after] = [recorded, replayed].map(
    ({ determinations }) => new Map(determinations.map((one) => [key(one), one])),
  ) as [Map<string, Determination>, Map<string, Determination>]
  return [...new Set([...before.keys(), ...after.keys()])].map((one) => ({
    recorded: before.get(one) ?? null,
    replayed: after.get(one) ?? null,
  }))
}

type Field = readonly [name: string, recorded: unknown, replayed: unknown]

function fieldsOf({ recorded, replayed }: Pair): readonly Field[] {
  const both = (name: string, of: (one: Determination) => unknown): Field => [
    name,
    recorded === null ? null : of(recorded),
    replayed === null ? null : of(replayed),
  ]
  const outcome = both('outcome', (one) => one.outcome)
  // A programme that one side did not determine has no fields there.
  if (recorded === null || replayed === null) return [outcome]
  return [
    outcome,
    both('amount', ({ entitlement }) => entitlement?.amount ?? null),
    both('clauses', ({ clauses }) => clauses),
    both('missing', ({ missing }) => missing),
    ...leafFields(recorded.reasons, replayed.reasons),
  ]
}

function leafFields(recorded: readonly Reason[], replayed: readonly Reason[]): readonly Field[] {
  const [before, after] = [recorded, replayed].map(
    (reasons) => new Map(reasons.map((reason) => [reason.condition, reason])),
  ) as [Map<string, Reason>, Map<string, Reason>]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((pointer) =>
    (['met', 'required', 'actual'] as const).map(
      (name): Field => [
        `reasons${pointer}/${name}`,
        before.get(pointer)?.[name] ?? null,
        after.get(pointer)?.[name] ?? null,
      ],
    ),
  )
}
