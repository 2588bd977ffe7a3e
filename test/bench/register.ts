import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { makeRegister, readRegisterModel } from '../../src/screening/register/make-register.js'
import { type Progress, screen } from '../../src/screening/screen.js'
import { type Figure, reported } from './measure.js'

const HOUSEHOLDS = 100_000
const PROGRAMMES = 16
const AS_OF = '2020-06-01'

/** A register from Parquet to Parquet: facts checked, derived, decided and written. */
export async function benchRegister(): Promise<readonly Figure[]> {
  const project = process.cwd()
  const rulebook = loadRulebook(defaultLayers(process.env, project, project))
  const folder = mkdtempSync(join(tmpdir(), 'huimin-bench-'))
  const files = {
    households: join(folder, 'households.parquet'),
    members: join(folder, 'members.parquet'),
  }
  try {
    const { dictionary } = rulebook
    const model = readRegisterModel(join(project, 'seeds/register/distributions.json'))
    const order = { households: HOUSEHOLDS, seed: 1, format: 'parquet', out: folder } as const
    await makeRegister({ ...order, dictionary, model, asOf: AS_OF })
    const programmes = [...rulebook.programmes.keys()]
      .filter((id) => id.startsWith('dongguan/'))
      .slice(0, PROGRAMMES)
    const phases = new Map<Progress['phase'], number>()
    const start = performance.now()
    await screen({
      ...{ rulebook, asOf: AS_OF, knownAt: new Date().toISOString(), programmes, ...files },
      out: join(folder, 'rows.parquet'),
      progress: ({ phase }) => {
        if (!phases.has(phase)) phases.set(phase, performance.now())
      },
    })
    const seconds = (performance.now() - start) / 1000
    const writing = phases.get('writing') ?? start
    console.log(`register: joining the parts took ${(performance.now() - writing).toFixed(0)} ms`)
    return [
      reported(
        `screening: Parquet to Parquet, ${PROGRAMMES} programmes`,
        HOUSEHOLDS / seconds,
        'households/s',
      ),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
