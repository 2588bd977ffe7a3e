import { Engine, Fact } from 'json-rules-engine'
import { OPEN, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { clear, loadStated } from '../../src/engine/load-facts.js'
import type { Program } from '../../src/engine/program.js'
import type { Condition } from '../../src/model/condition.js'
import * as written25 from './hand-written-25.js'
import * as written200 from './hand-written-200.js'
import { type Figure, figure, median, takeTurns } from './measure.js'
import {
  type BenchHousehold,
  RULE_SETS,
  randomConditions,
  randomHouseholds,
  typedConditions,
} from './workload.js'

const HOUSEHOLDS = 2000
const UNKNOWN = 0.05
const ROUNDS = 9
const OTHER_RULE_SETS = 6
const AS_OF = 18_414

type Decide = (household: never, verdicts: Uint8Array) => void

const HAND_WRITTEN: Readonly<Record<number, Decide>> = {
  25: written25.decide,
  200: written200.decide,
}
const TARGETS: Readonly<Record<number, { readonly engine: number; readonly hand: number }>> = {
  25: { engine: 200, hand: 8 },
  200: { engine: 400, hand: 5 },
}

/** The compiled evaluator against json-rules-engine and functions written by hand. */
export async function benchEvaluator(): Promise<readonly Figure[]> {
  const others = Array.from({ length: OTHER_RULE_SETS }, (_, index) =>
    compileProgram(typedConditions(randomConditions(25, 1000 + index))),
  )
  const figures: Figure[] = []
  for (const { rules, seed } of RULE_SETS) {
    figures.push(...(await benchRules(rules, randomConditions(rules, seed), others)))
  }
  return figures
}

async function benchRules(
  rules: number,
  conditions: readonly Condition[],
  others: readonly Program[],
): Promise<readonly Figure[]> {
  const program = compileProgram(typedConditions(conditions))
  const households = randomHouseholds(HOUSEHOLDS, UNKNOWN, 1)
  const complete = randomHouseholds(HOUSEHOLDS, 0, 2)
  const decide = HAND_WRITTEN[rules] as Decide
  const engine = ordinaryEngine(conditions)
  await checkAgreement(program, decide, engine, complete)
  // Rule sets that live in the same process make the loops see several programs.
  for (const other of others) readAll(other, households, 20_000)
  const times = await takeTurns(
    [
      { name: 'engine', count: rules > 25 ? 60 : 400, work: (n) => runAll(engine, households, n) },
      { name: 'compiled', count: 50_000, work: (n) => readAll(program, households, n) },
      {
        name: 'others',
        count: 6000,
        work: (n) => readEach(others, households, n),
      },
      { name: 'hand', count: 200_000, work: (n) => decideAll(decide, rules, complete, n) },
    ],
    ROUNDS,
  )
  return report(rules, times)
}

function report(rules: number, times: ReadonlyMap<string, readonly number[]>): readonly Figure[] {
  const ratios = (over: string, under: string) =>
    median((times.get(over) ?? []).map((time, round) => time / (times.get(under)?.[round] ?? 0)))
  const { engine, hand } = TARGETS[rules] as { engine: number; hand: number }
  const each = ['engine', 'compiled', 'hand'].map((name) =>
    median(times.get(name) ?? []).toFixed(3),
  )
  console.log(
    `${rules} rules, µs a household: json-rules-engine ${each[0]}, compiled ${each[1]}, hand-written ${each[2]}`,
  )
  return [
    figure(`${rules} rules: faster than json-rules-engine`, ratios('engine', 'compiled'), 'times', {
      atLeast: engine,
    }),
    figure(`${rules} rules: cost against hand-written`, ratios('compiled', 'hand'), 'times', {
      atMost: hand,
    }),
  ]
}

/** From plain JSON households to one byte for each leaf and node. */
function readAll(program: Program, households: readonly BenchHousehold[], count: number): void {
  for (let i = 0; i < count; i++) {
    clear(program, 'household', AS_OF)
    loadStated(program, 'household', households[i % HOUSEHOLDS] as BenchHousehold)
    evaluate(program)
  }
}

function readEach(
  programs: readonly Program[],
  households: readonly BenchHousehold[],
  count: number,
): void {
  for (const program of programs) readAll(program, households, count)
}

function decideAll(
  decide: Decide,
  rules: number,
  households: readonly BenchHousehold[],
  count: number,
): void {
  const verdicts = new Uint8Array(rules)
  for (let i = 0; i < count; i++) decide(households[i % HOUSEHOLDS] as never, verdicts)
}

/** json-rules-engine as its users tune it: one engine, facts not cached, missing ones allowed. */
function ordinaryEngine(conditions: readonly Condition[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true })
  conditions.forEach((condition, index) => {
    engine.addRule({ name: `${index}`, conditions: condition as never, event: { type: 'met' } })
  })
  return engine
}

async function runAll(
  engine: Engine,
  households: readonly BenchHousehold[],
  count: number,
): Promise<void> {
  for (let i = 0; i < count; i++) await runOne(engine, households[i % HOUSEHOLDS] as BenchHousehold)
}

async function runOne(engine: Engine, household: BenchHousehold) {
  const facts: Record<string, unknown> = {}
  for (const name in household) {
    const id = `household.${name}`
    facts[id] = new Fact(id, household[name], { cache: false })
  }
  return engine.run(facts)
}

/** All three decide the same for households that know everything, or the figures mean nothing. */
async function checkAgreement(
  program: Program,
  decide: Decide,
  engine: Engine,
  households: readonly BenchHousehold[],
): Promise<void> {
  const verdicts = new Uint8Array(program.roots.length)
  for (const household of households.slice(0, 300)) {
    readAll(program, [household], 1)
    decide(household as never, verdicts)
    const { results } = await runOne(engine, household)
    const passed = new Set(results.map(({ name }) => name))
    program.roots.forEach((root, index) => {
      const byte = program.bytes[root.byte]
      const same = verdicts[index] === 1 ? byte === YES : byte !== YES && byte !== OPEN
      if (!same || passed.has(`${index}`) !== (byte === YES))
        throw new Error(`rule ${index} differs`)
    })
  }
}
