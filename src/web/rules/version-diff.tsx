import { useQuery } from '@tanstack/react-query'
import { quantity } from '../answer/quantity.ts'
import { ruleVersion, versionDiff } from '../api/queries.ts'
import { Fetched } from '../shell/states.tsx'
import { Table } from '../shell/table.tsx'
import { useParameterName, useParameterUnit, useVersionName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'

interface DiffProps {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** Two versions: every change in words, then both side by side with what differs marked. */
export function VersionDiff({ id, from, to }: DiffProps) {
  const { w, language } = useWords()
  const diff = useQuery(versionDiff(id, from, to))
  return (
    <Fetched query={diff}>
      {({ words }) =>
        words.length === 0 ? (
          <p>{w.rules.same}</p>
        ) : (
          <>
            <ul>
              {words.map((change) => (
                <li key={change.en}>{change[language]}</li>
              ))}
            </ul>
            <SideBySide id={id} from={from} to={to} />
          </>
        )
      }
    </Fetched>
  )
}

function SideBySide({ id, from, to }: DiffProps) {
  const { w, language } = useWords()
  const named = useParameterName(id)
  const unitOf = useParameterUnit()
  const version = useVersionName()
  const left = useQuery(ruleVersion(id, from)).data
  const right = useQuery(ruleVersion(id, to)).data
  if (left === undefined || right === undefined) return null
  const names = [
    ...new Set([...Object.keys(left.rule.parameters), ...Object.keys(right.rule.parameters)]),
  ]
  const rows = Math.max(left.words.length, right.words.length)
  return (
    <Table label={w.rules.compare} columns={[w.rules.changes, version(from), version(to)]}>
      {names.map((name) => {
        const text = ({ rule }: typeof left) => {
          const figure = rule.parameters[name]
          return figure === undefined ? '—' : quantity(figure.value, unitOf(rule, name), w)
        }
        return <Pair key={name} name={named(name)} left={text(left)} right={text(right)} />
      })}
      <Pair
        name={w.rules.validFrom}
        left={left.rule.validFrom ?? w.rules.undated}
        right={right.rule.validFrom ?? w.rules.undated}
      />
      {Array.from({ length: rows }, (_, index) => (
        <Pair
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are pairs by their place
          key={index}
          name={`${w.rules.conditions} ${index + 1}`}
          left={left.words[index]?.[language] ?? '—'}
          right={right.words[index]?.[language] ?? '—'}
        />
      ))}
    </Table>
  )
}

function Pair({ name, left, right }: { name: string; left: string; right: string }) {
  const same = left === right
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{same ? left : <del>{left}</del>}</td>
      <td>{same ? right : <ins>{right}</ins>}</td>
    </tr>
  )
}
