// The figures the project promises, both sides of each measured in one run. `npm run bench`.
import { benchDeterminations } from './determinations.js'
import { benchEvaluator } from './evaluator.js'
import { benchLedger } from './ledger.js'
import { benchRegister } from './register.js'
import { benchRulebookLoad } from './rulebook.js'
import { benchScreening } from './screening.js'

const figures = [
  ...(await benchEvaluator()),
  ...(await benchDeterminations()),
  benchRulebookLoad(),
  ...(await benchLedger()),
  ...(await benchScreening()),
  ...(await benchRegister()),
]
console.table(figures)
console.log(JSON.stringify(figures))
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1
