import { writeSync } from 'node:fs'
import { afterEach, test } from 'tap'

const OF_FOLDER: Readonly<Record<string, readonly string[]>> = {
  model: [
    'model/civil-date',
    'model/nearest-name',
    'model/read-json',
    'model/schemas',
    'rulebook/editor-schemas',
    'http/openapi',
    'engine/rule',
    'engine/load-facts',
    'rulebook/load-rulebook',
    'rulebook/bad-rulebooks',
    'determination/determination-request',
  ],
  engine: [
    'engine/rule',
    'engine/parse-expression',
    'engine/parse-condition',
    'engine/compile',
    'engine/missing',
    'engine/load-facts',
    'engine/expression-bounds',
    'determination/derived-types',
    'determination/interview',
    'engine/json-rules-engine',
    'determination/determine',
    'determination/answers',
    'determination/run-case',
    'engine/ratio',
    'engine/properties',
    'engine/normal-condition',
    'rulebook/idle-conditions',
    'rulebook/load-rulebook',
    'rulebook/bad-rulebooks',
  ],
  rulebook: [
    'rulebook/check-expressions',
    'rulebook/check-clocks',
    'rulebook/check-codes',
    'rulebook/check-facts',
    'rulebook/check-ids',
    'rulebook/check-quotes',
    'rulebook/citations',
    'rulebook/is-countable',
    'rulebook/idle-conditions',
    'rulebook/twin-programmes',
    'rulebook/digest',
    'rulebook/change-parameters',
    'rulebook/mutants',
    'rulebook/diff',
    'rulebook/scaffold',
    'rulebook/select-rule-version',
    'rulebook/load-rulebook',
    'rulebook/coverage',
    'rulebook/bad-rulebooks',
    'rulebook/format-words',
    'rulebook/lints',
    'rulebook/editor-schemas',
    'cli/rules',
    'rules/examples',
  ],
}

// A failed test decides: the signal that the runner sends is read only when the process next waits.
// It has to be told here, for what the test says of itself is written after it has ended.
afterEach((t) => {
  if (t.passing()) return
  writeSync(1, `\nnot ok - ${t.name}\n`)
  process.exit(1)
})

// Each file is loaded when those before it have passed: most mutants die before the last is read.
// A file that cannot even be loaded has failed.
for (const file of OF_FOLDER[process.env.MUTATE as string] as readonly string[]) {
  const fault = await import(`../${file}.test.js`).then(() => null, String)
  await test(`all of ${file}`, async (t) => t.equal(fault, null))
}
