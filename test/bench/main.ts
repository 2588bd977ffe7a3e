import { benchEvaluator } from './evaluator.js'

const figures = await benchEvaluator()
console.table(figures)
console.log(JSON.stringify(figures))
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1
