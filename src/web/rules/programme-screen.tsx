import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { Schemas } from '../api/client.ts'
import { programmeWithVersions, ruleVersion, workedCases } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { Fetched } from '../shell/states.tsx'
import { Table } from '../shell/table.tsx'
import { useVersionName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { ParameterChart } from './parameter-chart.tsx'
import { Timeline } from './timeline.tsx'
import { VersionDiff } from './version-diff.tsx'
import { VersionView } from './version-view.tsx'

/** One programme: its versions on both clocks, one of them in full, compared, charted, tested. */
export default function ProgrammeScreen() {
  const { w, language } = useWords()
  const { city, programme } = useParams()
  const query = useQuery(programmeWithVersions(`${city}/${programme}`))
  const title = query.data?.name[language] ?? w.rules.title
  return (
    <Screen title={title}>
      <p>
        <Link href="/rules">← {w.rules.title}</Link>
      </p>
      <Fetched query={query}>{(found) => <Versions programme={found} />}</Fetched>
    </Screen>
  )
}

function Versions({ programme }: { programme: Schemas['ProgrammeWithVersions'] }) {
  const { w, language } = useWords()
  const named = useVersionName()
  const params = useParams()
  const [, go] = useLocation()
  const { versions, id, grants, note, subject } = programme
  const newest = versions.at(-1)?.version ?? ''
  const asked = params.version ?? newest
  const chosen = versions.some(({ version }) => version === asked) ? asked : newest
  return (
    <>
      <p className="lead">{grants[language]}</p>
      <p className="quiet">
        {w.rules.subject[subject]} · <code>{id}</code>
      </p>
      {note !== undefined && (
        <p>
          {w.rules.note}
          {w.common.colon}
          {note[language]}
        </p>
      )}
      <h2>{w.rules.twoClocks}</h2>
      <p className="quiet">{w.rules.twoClocksHelp}</p>
      <ScrollSideways label={w.rules.twoClocks}>
        <Timeline versions={versions} chosen={chosen} />
      </ScrollSideways>
      <VersionTable id={id} versions={versions} />
      <NativeSelect
        label={w.rules.versions}
        value={chosen}
        onChange={(event) => go(`/rules/${id}/${event.currentTarget.value}`)}
        data={versions.map(({ version }) => ({ value: version, label: named(version) }))}
        maw="20rem"
        mt="md"
      />
      <Chosen id={id} version={chosen} />
      <ParameterChart id={id} versions={versions} />
      <Compared id={id} versions={versions} chosen={chosen} />
      <Cases id={id} version={chosen} />
    </>
  )
}

interface OfProgramme {
  readonly id: string
  readonly versions: readonly Schemas['VersionOnBothClocks'][]
}

function VersionTable({ id, versions }: OfProgramme) {
  const { w } = useWords()
  const version = useVersionName()
  return (
    <Table
      label={w.rules.versions}
      columns={[
        w.rules.versions,
        w.rules.validFrom,
        w.rules.validTo,
        w.rules.published,
        w.rules.reviewBy,
      ]}
    >
      {versions.map((one) => (
        <tr key={one.version}>
          <th scope="row">
            <Link href={`/rules/${id}/${one.version}`}>{version(one.version)}</Link>
            {one.supersedes !== null && ` · ${w.rules.corrects} ${version(one.supersedes)}`}
            {one.supersededBy !== null && ` · ${w.rules.correctedBy} ${version(one.supersededBy)}`}
          </th>
          <td>{one.validFrom ?? w.rules.undated}</td>
          <td>{one.validTo ?? w.rules.open}</td>
          <td>{one.publishedAt?.slice(0, 10)}</td>
          <td>{one.reviewBy ?? '—'}</td>
        </tr>
      ))}
    </Table>
  )
}

function Chosen({ id, version }: { id: string; version: string }) {
  const query = useQuery(ruleVersion(id, version))
  return <Fetched query={query}>{(found) => <VersionView published={found} />}</Fetched>
}

function Compared({ id, versions, chosen }: OfProgramme & { chosen: string }) {
  const { w } = useWords()
  const others = versions.map(({ version }) => version).filter((one) => one !== chosen)
  const named = useVersionName()
  const [picked, setPicked] = useState('')
  const [first] = others
  if (first === undefined) return null
  const other = others.includes(picked) ? picked : first
  return (
    <>
      <h2>{w.rules.compare}</h2>
      <NativeSelect
        label={w.rules.compareWith}
        value={other}
        onChange={(event) => setPicked(event.currentTarget.value)}
        data={others.map((value) => ({ value, label: named(value) }))}
        maw="20rem"
      />
      <VersionDiff id={id} from={other} to={chosen} />
    </>
  )
}

function Cases({ id, version }: { id: string; version: string }) {
  const { w } = useWords()
  const query = useQuery(workedCases(id))
  return (
    <>
      <h2>{w.rules.cases}</h2>
      <p className="quiet">{w.rules.casesHelp}</p>
      <Fetched query={query}>
        {(cases) => {
          const own = cases.filter((one) => one.version === version)
          if (own.length === 0) return <p>{w.rules.noCases}</p>
          return (
            <ul>
              {own.map(({ name, asOf, expect }) => (
                <li key={name}>
                  <span lang="en">{name}</span> <span className="quiet">{asOf}</span>{' '}
                  {[...new Set(expect.flatMap(({ outcome }) => outcome ?? []))].map((outcome) => (
                    <span className="tag" key={outcome}>
                      {w.rules.expects}
                      {w.common.colon}
                      {w.answer.outcome[outcome]}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          )
        }}
      </Fetched>
    </>
  )
}
