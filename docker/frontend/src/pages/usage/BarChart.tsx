import { useId } from "react";
import { useWidth } from "../../kit/useWidth";
import { type Bar, formatMeasure, formatTick, type Measure, niceCeiling } from "./summary";

const USUAL_WIDTH = 720;
const HEIGHT = 240;
const LEFT = 56;
const TOP = 12;
const BOTTOM = 28;
const TICKS = [0, 0.5, 1];
/** Room for a label such as "Mar 2026". */
const LABEL_WIDTH = 72;

interface Props {
  title: string;
  bars: readonly Bar[];
  measure: Measure;
}

/** Values over time. The same stands in a table beside it, so for those who don't see it a summary is enough. */
export function BarChart({ title, bars, measure }: Props) {
  const description = useId();
  const [frame, width] = useWidth<HTMLElement>(USUAL_WIDTH);
  const highest = Math.max(0, ...bars.map((bar) => bar[measure]));
  const peak = bars.find((bar) => bar[measure] === highest);
  const top = niceCeiling(highest);
  const room = HEIGHT - TOP - BOTTOM;
  const step = (width - LEFT) / Math.max(1, bars.length);
  const y = (value: number) => TOP + room * (1 - value / top);
  const every = Math.ceil((bars.length * LABEL_WIDTH) / (width - LEFT));
  return (
    <figure className="chart" ref={frame}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={title} aria-describedby={description}>
        {TICKS.map((share) => (
          <g key={share}>
            <line className="chart-line" x1={LEFT} x2={width} y1={y(top * share)} y2={y(top * share)} />
            <text className="chart-text" x={LEFT - 8} y={y(top * share) + 4} textAnchor="end">
              {formatTick(top * share, measure)}
            </text>
          </g>
        ))}
        {bars.map((bar, index) => {
          const height = (room * bar[measure]) / top;
          return (
            <g key={bar.id} className="chart-column">
              <title>{`${bar.label}: ${formatMeasure(bar, measure)}`}</title>
              <rect className="chart-hit" x={LEFT + index * step} y={TOP} width={step} height={room} />
              <rect
                className="chart-bar"
                x={LEFT + index * step + step * 0.15}
                y={HEIGHT - BOTTOM - height}
                width={step * 0.7}
                height={height}
                rx={Math.min(3, step * 0.2)}
              />
              {index % every === 0 && (
                <text
                  className="chart-text"
                  x={LEFT + (index + 0.5) * step}
                  y={HEIGHT - 8}
                  textAnchor="middle"
                >
                  {bar.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption id={description} className="visually-hidden">
        {peak && highest > 0
          ? `Highest on ${peak.label}: ${formatMeasure(peak, measure)}.`
          : "Nothing in this time."}
      </figcaption>
    </figure>
  );
}
