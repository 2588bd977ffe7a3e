/** Names and what stands under them; side by side where there is room. */
export function NamedValues({ rows }: { rows: readonly (readonly [string, React.ReactNode])[] }) {
  return (
    <dl className="named-values">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
