import fc from 'fast-check'
import { test } from 'tap'
import { NO, OPEN, readingOf, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { numberIn } from '../../src/engine/expression-bounds.js'
import { type HouseholdFacts, NO_MEMBER } from '../../src/engine/fact-values.js'
import { readWithJsonRulesEngine } from '../../src/engine/json-rules-engine.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { missingFacts } from '../../src/engine/missing.js'
import type { PlacedNode } from '../../src/engine/program.js'
import { add, compare, greater, lesser, type Ratio, whole, ZERO } from '../../src/engine/ratio.js'
import { conditionReading } from '../../src/engine/read-condition.js'
import type { Scorecard } from '../../src/model/rule-version.js'
import {
  answered,
  completed,
  fillers,
  isUnknown,
  missingAsDefined,
  outcomesOfCompletions,
  without,
} from '../support/completions.js'
import {
  factsOf,
  households,
  listedOnly,
  type RandomHousehold,
  type RandomRulebook,
  rulebooks,
} from '../support/random-rulebook.js'
import { scorecards, typedScorecard } from '../support/random-scorecard.js'
import { readLeavesWithJsonRulesEngine } from '../support/read-leaves-with-json-rules-engine.js'
import { type ReadOnce, readOnce } from '../support/read-once.js'

const SEED = 20_200_306
// Mutation testing is content with fewer.
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1500)

/** Checks a property over many samples, always the same ones. */
async function holds<T>(property: fc.IAsyncProperty<T> | fc.IProperty<T>): Promise<void> {
  await fc.assert(property, { seed: SEED, numRuns: RUNS })
}

function subjects({ subject }: RandomRulebook, facts: HouseholdFacts): readonly number[] {
  return subject === 'household' ? [NO_MEMBER] : facts.household.members.map((_, index) => index)
}

/** Root bytes and missing facts of every condition for one subject, by the compiled evaluator. */
function compiled(rulebook: RandomRulebook, facts: HouseholdFacts, member: number) {
  const program = compileProgram(rulebook.conditions)
  loadFacts(program, facts)
  if (member !== NO_MEMBER) loadFacts(program, facts, member)
  evaluate(program)
  return program.roots.map((root) => ({
    byte: program.bytes[root.byte] as number,
    missing: missingFacts(root, program.bytes, facts, member),
  }))
}

/** Every outcome of a rulebook for a household: subject by subject, condition by condition. */
function outcomes(
  rulebook: RandomRulebook,
  household: RandomHousehold,
  members?: number,
): number[] {
  const facts = factsOf(household)
  const all = subjects(rulebook, facts).slice(0, members)
  return all.flatMap((member) => compiled(rulebook, facts, member).map(({ byte }) => byte))
}

test(`three ways to read a condition agree (${RUNS} rulebooks)`, async (t) => {
  const seen = new Map([NO, OPEN, YES].map((byte) => [byte as number, 0]))
  const agree = fc.asyncProperty(rulebooks, households, async (rulebook, household) => {
    const facts = factsOf(household)
    for (const member of subjects(rulebook, facts)) {
      const bytes = compiled(rulebook, facts, member).map(({ byte }) => byte)
      const generic = rulebook.conditions.map((node) => conditionReading(node, facts, member))
      const engine = await readWithJsonRulesEngine(rulebook.conditions, facts, member)
      const second = engine.map(({ certainly, possibly }) => readingOf(certainly, possibly))
      for (const byte of bytes) seen.set(byte, (seen.get(byte) ?? 0) + 1)
      if (`${bytes}` !== `${generic}`) throw new Error(`compiled ${bytes}, generic ${generic}`)
      if (`${bytes}` !== `${second}`) throw new Error(`compiled ${bytes}, engine ${second}`)
    }
  })
  await t.resolves(holds(agree))
  const total = [...seen.values()].reduce((sum, count) => sum + count, 0)
  for (const [byte, count] of seen) {
    t.ok(count >= total / 5, `${count} of ${total} outcomes are ${byte}: at least a fifth`)
  }
})

test(`every leaf and node has the same byte in both engines (${RUNS / 10})`, async (t) => {
  const agree = fc.asyncProperty(rulebooks, households, async (rulebook, household) => {
    const facts = factsOf(household)
    const program = compileProgram(rulebook.conditions)
    const [member = NO_MEMBER] = subjects(rulebook, facts)
    loadFacts(program, facts)
    if (member !== NO_MEMBER) loadFacts(program, facts, member)
    evaluate(program)
    const engine = await readLeavesWithJsonRulesEngine(program, rulebook.conditions, facts, member)
    const places = program.roots.flatMap(placesIn)
    return places.every((place) => program.bytes[place] === engine[place])
  })
  await t.resolves(fc.assert(agree, { seed: SEED, numRuns: RUNS / 10 }))
})

function placesIn(node: PlacedNode): readonly number[] {
  return [node.byte, ...node.children.flatMap(placesIn)]
}

test(`completing the unknown facts never contradicts a known outcome (${RUNS})`, async (t) => {
  const stays = fc.property(rulebooks, households, fillers, (rulebook, household, filler) => {
    const before = outcomes(rulebook, household)
    const after = outcomes(
      rulebook,
      completed(household, filler),
      household.household.members.length,
    )
    return before.every((byte, index) => byte === OPEN || byte === after[index])
  })
  await t.resolves(holds(stays))
})

test(`removing facts never turns one known outcome into the other (${RUNS})`, async (t) => {
  const removals = fc.infiniteStream(fc.boolean())
  const stays = fc.property(rulebooks, households, removals, (rulebook, household, remove) => {
    const before = outcomes(rulebook, household)
    const after = outcomes(
      rulebook,
      without(household, () => remove.next().value as boolean),
    )
    return before.every((byte, index) => after[index] === OPEN || byte === after[index])
  })
  await t.resolves(holds(stays))
})

test(`missing facts are what the definition says (${RUNS})`, async (t) => {
  const defined = fc.property(rulebooks, households, (rulebook, household) => {
    const facts = factsOf(household)
    return subjects(rulebook, facts).every((member) =>
      compiled(rulebook, facts, member).every(({ missing }, index) => {
        const condition = rulebook.conditions[index] as RandomRulebook['conditions'][number]
        const { least, most } = missingAsDefined(condition, facts, member)
        const keys = [...missing.keys()]
        return keys.every((key) => most.has(key)) && [...least].every((key) => missing.has(key))
      }),
    )
  })
  await t.resolves(holds(defined))
})

test(`answering what is missing, and nothing else, settles every outcome (${RUNS})`, async (t) => {
  const settles = fc.property(rulebooks, households, fillers, (rulebook, given, filler) => {
    const household = listedOnly(given)
    const facts = factsOf(household)
    return subjects(rulebook, facts).every((member) =>
      rulebook.conditions.every((condition) => {
        const alone = { ...rulebook, conditions: [condition] }
        let current = household
        // A derived fact that ends in "unknown" may be asked for after its inputs.
        for (let round = 0; round < 3; round++) {
          const [first] = compiled(alone, factsOf(current), member)
          if (first?.byte !== OPEN) return first?.missing.size === 0
          if (first.missing.size === 0) return false
          current = answered(current, [...first.missing.values()], filler)
        }
        return compiled(alone, factsOf(current), member)[0]?.byte !== OPEN
      }),
    )
  })
  await t.resolves(holds(settles))
})

test(`facts that are not missing cannot settle an outcome (${RUNS})`, async (t) => {
  const open = fc.property(rulebooks, households, fillers, (rulebook, given, filler) => {
    const household = listedOnly(given)
    const facts = factsOf(household)
    return subjects(rulebook, facts).every((member) =>
      compiled(rulebook, facts, member).every(({ byte, missing }, index) => {
        if (byte !== OPEN) return true
        const rest = completed(household, filler, (key) => !missing.has(key))
        return compiled(rulebook, factsOf(rest), member)[index]?.byte === OPEN
      }),
    )
  })
  await t.resolves(holds(open))
})

test(`where no fact is read twice, missing facts are exactly those that matter (${RUNS})`, async (t) => {
  let matter = 0
  const exact = fc.property(readOnce, ({ condition, household }: ReadOnce) => {
    const facts = factsOf(household)
    const [found] = compiled({ subject: 'household', conditions: [condition] }, facts, NO_MEMBER)
    const { outcome, decisive } = outcomesOfCompletions(condition, household)
    matter += decisive.size
    const keys = [...(found?.missing.keys() ?? [])].sort()
    return found?.byte === outcome && `${keys}` === `${[...decisive].sort()}`
  })
  await t.resolves(holds(exact))
  t.ok(matter > RUNS / 2, `${matter} facts mattered`)
})

test('an unknown fact is null, absent or a code for unknown', async (t) => {
  t.ok(isUnknown(null, []))
  t.ok(isUnknown(undefined, []))
  t.ok(isUnknown('9', ['9']))
  t.notOk(isUnknown(false, []))
})

/** The total as a clerk would add it up from the points of each line. */
function addedUp({ items, groupCaps, cap }: Scorecard, lines: readonly Ratio[]): Ratio {
  const under = (value: Ratio, most: number | undefined) =>
    most === undefined ? value : lesser(value, whole(most))
  const best = new Map<string, Ratio>()
  let sum = ZERO
  items.forEach(({ group }, index) => {
    const won = lines[index] as Ratio
    if (group === undefined) sum = add(sum, won)
    else best.set(group, greater(best.get(group) ?? won, won))
  })
  for (const [group, won] of best) sum = add(sum, under(won, groupCaps?.[group]))
  return under(sum, cap)
}

test(`answering what is unknown keeps the points within their bounds (${RUNS})`, async (t) => {
  let open = 0
  const within = fc.property(scorecards, households, fillers, (card, given, filler) => {
    const { total, lines } = typedScorecard(card)
    const known = factsOf(completed(given, filler))
    for (const member of factsOf(given).household.members.keys()) {
      for (const node of [total, ...lines]) {
        const before = numberIn(node, factsOf(given), member)
        const after = numberIn(node, known, member)
        if (compare(before.lo, before.hi) < 0) open += 1
        if (compare(after.lo, before.lo) < 0 || compare(after.hi, before.hi) > 0)
          throw new Error(`${JSON.stringify(after)} outside ${JSON.stringify(before)}`)
        if (compare(after.lo, after.hi) !== 0) throw new Error('not known when all is answered')
      }
      const won = lines.map((line) => numberIn(line, known, member).lo)
      const sum = numberIn(total, known, member).lo
      if (compare(sum, addedUp(card, won)) !== 0)
        throw new Error(`${JSON.stringify(sum)} is not what the lines add up to`)
    }
  })
  await t.resolves(holds(within))
  t.ok(open > RUNS, `${open} totals and lines were open`)
})
