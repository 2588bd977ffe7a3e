import { spawnSync } from 'node:child_process'
import { type Figure, figure, median } from './measure.js'

const STARTS = 5
const TIMED = `
  const { defaultLayers } = await import(process.argv[1] + '/rulebook/default-layers.js')
  const { loadRulebook } = await import(process.argv[1] + '/rulebook/load-rulebook.js')
  const start = performance.now()
  loadRulebook(defaultLayers({}, process.argv[2]))
  console.log(performance.now() - start)
`

/** Milliseconds a new process takes to load and check the rulebook that ships. */
export function benchRulebookLoad(): Figure {
  const sources = new URL('../../src', import.meta.url).href
  const times = Array.from({ length: STARTS }, () => {
    const args = ['--input-type=module', '-e', TIMED, sources, process.cwd()]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (stdout === '') throw new Error(stderr)
    return Number(stdout)
  })
  return figure('loading and checking the rulebook', median(times), 'ms', { atMost: 300 })
}
