import { Checkbox, Group, NativeSelect, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Fact } from '../api/client.ts'
import { jurisdictions } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'
import type { FactValue } from './asked.tsx'

export interface FactFieldProps {
  readonly id: string
  readonly fact: Fact
  readonly value: FactValue | undefined
  readonly onChange: (value: FactValue | undefined) => void
  readonly error?: string | undefined
  /** `question` asks in full, `label` names the fact. */
  readonly wording?: 'label' | 'question'
}

/** One fact with a control that fits its type; each can be "not known yet". */
export function FactField(props: FactFieldProps) {
  switch (props.fact.type) {
    case 'boolean':
      return <YesNo {...props} />
    case 'code-set':
      return <Several {...props} />
    case 'code':
      return props.fact.values === undefined ? <Typed {...props} /> : <OneOf {...props} />
    default:
      return <Typed {...props} />
  }
}

function useLabel({ fact, wording }: FactFieldProps) {
  const { language, w } = useWords()
  const unit = fact.unit === null ? '' : (w.units[fact.unit] ?? fact.unit)
  const name = wording === 'question' ? fact.question[language] : fact.label[language]
  const label = (
    <>
      {name}
      {unit !== '' && wording !== 'question' && ` (${unit})`}{' '}
      {fact.source === 'official' && <span className="tag official">{w.common.official}</span>}
    </>
  )
  const help = wording === 'question' ? fact.note?.[language] : fact.question[language]
  return { label, help, unit }
}

function YesNo(props: FactFieldProps) {
  const { w } = useWords()
  const { label, help } = useLabel(props)
  const { value, onChange } = props
  const chosen = value === undefined ? 'unknown' : String(value)
  return (
    <Radio.Group
      id={props.id}
      name={props.id}
      label={label}
      description={help}
      error={props.error}
      value={chosen}
      onChange={(next) => onChange(next === 'unknown' ? undefined : next === 'true')}
    >
      <Group mt="xs" gap="md">
        <Radio value="true" label={w.common.yes} />
        <Radio value="false" label={w.common.no} />
        <Radio value="unknown" label={w.common.notKnown} />
      </Group>
    </Radio.Group>
  )
}

function OneOf(props: FactFieldProps) {
  const { w, language } = useWords()
  const { label, help } = useLabel(props)
  const unknown = new Set(props.fact.unknownValues)
  const values = Object.entries(props.fact.values ?? {}).filter(([code]) => !unknown.has(code))
  return (
    <NativeSelect
      id={props.id}
      label={label}
      description={help}
      error={props.error}
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: w.common.notKnown },
        ...values.map(([value, name]) => ({ value, label: name[language] })),
      ]}
    />
  )
}

/** Marks beside the codes, which are never codes themselves. */
const NOT_KNOWN = '?'
const NONE = '-'

function Several(props: FactFieldProps) {
  const { w, language } = useWords()
  const { label, help } = useLabel(props)
  const { value, onChange } = props
  const chosen = Array.isArray(value) ? (value as readonly string[]) : undefined
  const marked = chosen === undefined ? [NOT_KNOWN] : chosen.length === 0 ? [NONE] : [...chosen]
  const choose = (next: readonly string[]) => {
    const added = next.find((one) => !marked.includes(one))
    const codes = next.filter((one) => one !== NOT_KNOWN && one !== NONE)
    if (added === NONE) return onChange([])
    onChange(added === NOT_KNOWN || codes.length === 0 ? undefined : codes)
  }
  return (
    <Checkbox.Group
      id={props.id}
      label={label}
      description={help}
      error={props.error}
      value={marked}
      onChange={choose}
    >
      <Group mt="xs" gap="md">
        {Object.entries(props.fact.values ?? {}).map(([code, name]) => (
          <Checkbox key={code} value={code} label={name[language]} />
        ))}
        <Checkbox value={NONE} label={w.common.none} />
        <Checkbox value={NOT_KNOWN} label={w.common.notKnown} />
      </Group>
    </Checkbox.Group>
  )
}

function Typed(props: FactFieldProps) {
  const { w, language } = useWords()
  const { label, help, unit } = useLabel(props)
  const places = useQuery(jurisdictions).data ?? []
  const { fact, value, onChange, id } = props
  const isCode = fact.type === 'code'
  const text = typeof value === 'string' ? value : ''
  const place = places.find(({ code }) => isCode && code === text)?.name[language]
  const list = isCode ? `${id}-places` : undefined
  return (
    <div>
      <TextInput
        id={id}
        type={fact.type === 'date' ? 'date' : 'text'}
        inputMode={fact.type === 'decimal' ? 'decimal' : isNumeric(fact) ? 'numeric' : 'text'}
        label={label}
        description={isCode ? `${help ?? ''} ${w.household.codeHelp}` : help}
        error={props.error}
        value={text}
        list={list}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      {list !== undefined && (
        <datalist id={list}>
          {places.map(({ code, name }) => (
            <option key={code} value={code}>
              {name[language]}
            </option>
          ))}
        </datalist>
      )}
      {text === '' ? (
        <span className="quiet">{w.common.notKnown}</span>
      ) : (
        <span className="row">
          {(place ?? (props.wording === 'question' && unit)) && (
            <span className="quiet">{place ?? unit}</span>
          )}
          <button type="button" className="plain-button" onClick={() => onChange(undefined)}>
            {w.common.clear}
          </button>
        </span>
      )}
    </div>
  )
}

function isNumeric({ type }: Fact): boolean {
  return type === 'integer' || type === 'code'
}
