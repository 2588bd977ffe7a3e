import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { quantity } from '../answer/quantity.ts'
import { ApiProblem, type Asking, type Schemas } from '../api/client.ts'
import { ruleVersion } from '../api/queries.ts'
import { impactOf, type Screening } from '../api/screenings.ts'
import type { RuleVersion } from '../rules/rule-parts.ts'
import { Fetched } from '../shell/states.tsx'
import { useParameterName, useParameterUnit, useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { ImpactFigures } from './impact-figures.tsx'
import { figureOf, MovableFigure } from './movable-figure.tsx'
import { useSettled } from './use-settled.ts'

interface ImpactProps {
  readonly asking: Asking
  readonly screening: Screening
}

/** What other figures would change on this register: choose a programme, move its figure. */
export function ImpactView({ asking, screening }: ImpactProps) {
  const { w } = useWords()
  const words = w.screenings.impact
  const screened = (screening.summary ?? []).filter(({ parameters }) => parameters.length > 0)
  // First one that is paid by the month: a moved figure then shows what it costs.
  const first = screened.find(({ unit }) => unit === 'CNY/month') ?? screened[0]
  const [chosen, setChosen] = useState(first?.programme ?? '')
  const one = screened.find(({ programme }) => programme === chosen)
  const name = useProgrammeName()
  return (
    <section className="card" aria-labelledby="impact">
      <h2 id="impact" style={{ marginTop: 0 }}>
        {words.title}
      </h2>
      <p className="lead">{words.lead}</p>
      {one === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <NativeSelect
            label={words.programme}
            maw="30rem"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={screened.map(({ programme }) => ({ value: programme, label: name(programme) }))}
          />
          <Figures key={one.ruleVersion} asking={asking} id={screening.id} screened={one} />
        </>
      )}
    </section>
  )
}

type Screened = Schemas['ScreenedProgramme']
interface FiguresProps {
  readonly asking: Asking
  readonly id: string
  readonly screened: Screened
}

function Figures({ asking, id, screened }: FiguresProps) {
  const { programme } = screened
  const version = screened.ruleVersion.slice(programme.length + 1)
  const query = useQuery(ruleVersion(programme, version))
  return (
    <Fetched query={query}>
      {({ rule }) => <Moved asking={asking} id={id} screened={screened} rule={rule} />}
    </Fetched>
  )
}

interface MovedProps extends FiguresProps {
  readonly rule: RuleVersion
}

/** Milliseconds a figure stands still before it is tried. */
const SETTLES_AFTER = 400

function Moved({ asking, id, screened, rule }: MovedProps) {
  const { w } = useWords()
  const words = w.screenings.impact
  const named = useParameterName(screened.programme)
  const unitOf = useParameterUnit()
  const { parameters } = rule
  const [name, setName] = useState(Object.keys(parameters)[0] as string)
  const { value: inForce } = parameters[name] as (typeof parameters)[string]
  const [typed, setTyped] = useState(String(inForce))
  const settled = useSettled(`${name} ${typed}`, SETTLES_AFTER)
  const value = figureOf(typed)
  const isStill = settled === `${name} ${typed}`
  const change = { ruleVersion: screened.ruleVersion, parameter: name, value: value ?? inForce }
  const query = useQuery({
    ...impactOf(asking, id, [change]),
    enabled: isStill && value !== null,
    placeholderData: keepPreviousData,
  })
  const refused = value === null ? words.number : refusedFigure(query.error)
  return (
    <>
      <NativeSelect
        label={words.parameter}
        maw="30rem"
        mt="sm"
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setTyped(String(parameters[event.currentTarget.value]?.value))
        }}
        data={Object.entries(parameters).map(([key, figure]) => ({
          value: key,
          label: `${named(key)} · ${quantity(figure.value, unitOf(rule, key), w)}`,
        }))}
      />
      <MovableFigure
        inForce={inForce}
        unit={unitOf(rule, name)}
        typed={typed}
        error={refused}
        onChange={setTyped}
      />
      {refused === undefined && (
        <ImpactFigures query={query} subject={screened.subject} still={isStill} />
      )}
    </>
  )
}

/** What the service says of the figure itself; undefined where something else failed. */
function refusedFigure(error: Error | null): string | undefined {
  return error instanceof ApiProblem ? error.problem.errors?.[0]?.message : undefined
}
