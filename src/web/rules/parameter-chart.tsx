import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import { quantity } from '../answer/quantity.ts'
import type { Schemas } from '../api/client.ts'
import { ruleVersion } from '../api/queries.ts'
import { today } from '../household/asked.tsx'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { Table } from '../shell/table.tsx'
import { useParameterName, useParameterUnit, useVersionName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { yearOf } from './timeline.tsx'

interface ChartProps {
  readonly id: string
  readonly versions: readonly Schemas['VersionOnBothClocks'][]
}

/** A figure from one version's start to the next. */
interface Step {
  readonly version: string
  readonly since: string | null
  readonly value: number
  readonly unit: string | undefined
}

/** Each figure over time as a stepped line, and the same as a table. Corrected versions are left out. */
export function ParameterChart({ id, versions }: ChartProps) {
  const { w } = useWords()
  const named = useParameterName(id)
  const unitOf = useParameterUnit()
  const standing = versions.filter(({ supersededBy }) => supersededBy === null)
  const found = useQueries({ queries: standing.map(({ version }) => ruleVersion(id, version)) })
  const rules = found.flatMap(({ data }) => (data === undefined ? [] : [data.rule]))
  const names = [...new Set(rules.flatMap(({ parameters }) => Object.keys(parameters)))]
  if (names.length === 0) return null
  return (
    <>
      <h2>{w.rules.chart}</h2>
      <p className="quiet">{w.rules.chartHelp}</p>
      {names.map((name) => {
        const steps = rules.flatMap((rule) => {
          const { parameters, version, validFrom: since } = rule
          const figure = parameters[name]
          if (figure === undefined) return []
          return [{ version, since, value: figure.value, unit: unitOf(rule, name) }]
        })
        return <Chart key={name} id={id} name={named(name)} steps={steps} />
      })}
    </>
  )
}

const WIDTH = 720
const HEIGHT = 200
const LEFT = 70
const BOTTOM = 30

function Chart({ id, name, steps }: { id: string; name: string; steps: readonly Step[] }) {
  const { w } = useWords()
  const version = useVersionName()
  const years = steps.flatMap(({ since }) => (since === null ? [] : [yearOf(since)]))
  const end = Math.max(yearOf(today()), ...years) + 1
  const start = Math.min(...years, end - 2) - 2
  const most = Math.max(...steps.map(({ value }) => value)) * 1.15 || 1
  const x = (year: number) => LEFT + ((year - start) / (end - start)) * (WIDTH - LEFT - 10)
  const y = (value: number) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - 16)
  const from = ({ since }: Step) => (since === null ? start : yearOf(since))
  const to = (index: number) => {
    const next = steps[index + 1]
    return next === undefined ? end : from(next)
  }
  return (
    <section className="card">
      <h3>{name}</h3>
      <ScrollSideways label={`${w.rules.chart}${w.common.colon}${name}`}>
        <svg
          className="chart"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${w.rules.chart}${w.common.colon}${name}`}
        >
          <line x1={LEFT} x2={WIDTH} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} stroke="#56616a" />
          <line x1={LEFT} x2={LEFT} y1={0} y2={HEIGHT - BOTTOM} stroke="#56616a" />
          <text x={LEFT - 6} y={HEIGHT - BOTTOM} textAnchor="end">
            0
          </text>
          {steps.map((step, index) => {
            const before = steps[index - 1]
            return (
              <g key={step.version} stroke="#0b5c6b" strokeWidth={2.5} fill="none">
                {before !== undefined && (
                  <line
                    x1={x(from(step))}
                    x2={x(from(step))}
                    y1={y(before.value)}
                    y2={y(step.value)}
                  />
                )}
                <line
                  x1={x(from(step))}
                  x2={x(to(index))}
                  y1={y(step.value)}
                  y2={y(step.value)}
                  strokeDasharray={step.since === null ? '6 4' : undefined}
                />
                <text x={x(from(step)) + 4} y={y(step.value) - 6} stroke="none">
                  {step.value.toLocaleString('en-US')}
                </text>
                <text x={x(from(step))} y={HEIGHT - 10} stroke="none">
                  {step.since ?? '…'}
                </text>
              </g>
            )
          })}
        </svg>
      </ScrollSideways>
      <Table
        label={`${w.rules.value}${w.common.colon}${name}`}
        columns={[w.rules.since, w.rules.value, w.rules.versions]}
      >
        {[...steps].reverse().map((step) => (
          <tr key={step.version}>
            <td>{step.since ?? w.rules.undated}</td>
            <td className="number">{quantity(step.value, step.unit, w)}</td>
            <td>
              <Link href={`/rules/${id}/${step.version}`}>{version(step.version)}</Link>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
