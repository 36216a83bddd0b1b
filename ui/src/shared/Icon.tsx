/** The dashboard's own small icon set, 16 by 16, drawn in the current colour. */
const PATHS = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  play: 'M5.5 3.5l7 4.5-7 4.5z',
  arc: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  wait: 'M8 4.5V8l2.5 1.5M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z',
  look: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10.2 10.2l3.3 3.3',
  skip: 'M3 4l5 4-5 4zM9 4l5 4-5 4z',
  blocked: 'M2 8h6M5.5 5L8.5 8l-3 3M11.5 3v10',
  stop: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM4 12L12 4',
  queue: 'M4 4h8M4 8h8M4 12h5',
  node: 'M3 3h10v4H3zM3 9h10v4H3zM5.5 5h.01M5.5 11h.01',
  unknown: 'M5.8 5.8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.7M8 12.4v.1',
  alert: 'M8 2.5L14.3 13H1.7zM8 6.5v3M8 11.3v.1',
  graph: 'M3 3.5h4v3H3zM9 9.5h4v3H9zM5 6.5v4.5h4',
  dags: 'M2.5 3h4v3.5h-4zM9.5 3h4v3.5h-4zM6 9.7h4v3.5H6zM4.5 6.5V8h7V6.5M8 8v1.7',
  model: 'M3 12.5c2.5 0 2.5-9 5-9s2.5 9 5 9',
  data: 'M3 4c0-2 10-2 10 0v8c0 2-10 2-10 0zM3 4c0 2 10 2 10 0M3 8c0 2 10 2 10 0',
  raw: 'M8 2.2c2.4 3 4 4.8 4 7a4 4 0 0 1-8 0c0-2.2 1.6-4 4-7z',
  rule: 'M3 4.5h10M3 8h10M3 11.5h6M12 10v3M10.5 11.5h3',
  guess: 'M2 8.5c2-4 4-4 6 0s4 4 6 0M2 5c2-4 4-4 6 0s4 4 6 0',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  auto: 'M8 2.2a5.8 5.8 0 1 0 0 11.6zM8 2.2a5.8 5.8 0 0 1 0 11.6',
  right: 'M6 3.5L10.5 8 6 12.5',
  down: 'M3.5 6L8 10.5 12.5 6',
  crown: 'M2.5 5l2.8 3L8 3.5 10.7 8l2.8-3-1 7.5h-9z',
  gate: 'M3.5 13.5V4M12.5 13.5V4M3.5 6.5h9M3.5 10.5h9',
  link: 'M6.5 9.5l3-3M7 4.5l1.3-1.3a2.6 2.6 0 0 1 3.7 3.7L10.7 8.2M9 11.5l-1.3 1.3a2.6 2.6 0 0 1-3.7-3.7l1.3-1.3',
  copy: 'M5.5 5.5h7v7h-7zM3.5 10.5v-7h7',
  dot: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  size = 16,
  className,
}: {
  name: IconName;
  size?: number;
  className?: string | undefined;
}) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
