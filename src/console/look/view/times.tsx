/** Shows when a job was where: a bar for each request to fal, drawn from the log, and the log itself. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Job, JobEvent, ListedJob } from "../../api/types.ts";
import { now as clock, keepTime } from "../../jobs/clock.ts";
import { type Entry, hasEnded } from "../../jobs/entry.ts";
import { session } from "../../session/session.ts";
import { formatSeconds, formatTime } from "../../words.ts";
import { Named } from "./details.tsx";
import { loadEvents } from "./events.ts";
import { type Phase, type PhaseSpan, type Timeline, toTimeline, totalOf } from "./timeline.ts";
import { words } from "./words.ts";

const PHASES: readonly Phase[] = ["queue", "run", "store"];

export function TimesAndEvents({ entry, job }: { readonly entry: Entry; readonly job: Job | ListedJob }) {
	const w = words();
	const loaded = useSignal<readonly JobEvent[] | null>(null);
	const hasFailed = useSignal(false);
	const isEnded = hasEnded(entry);
	useEffect(() => {
		const api = session.value?.api;
		if (!isEnded || api === undefined) return;
		const stop = new AbortController();
		void loadEvents(api, job.id, stop.signal).then((events) => {
			if (stop.signal.aborted) return;
			loaded.value = events;
			hasFailed.value = events === null;
		});
		return () => stop.abort();
	}, [job.id, isEnded]);
	useEffect(() => (isEnded ? undefined : keepTime()), [isEnded]);
	const events = loaded.value ?? entry.events;
	const timeline = toTimeline(events, clock.value / 1000);
	return (
		<>
			<dl class="view-list">
				<Named name={w.created}>{formatTime(job.created_at)}</Named>
				{timeline !== null && <Named name={w.took}>{formatSeconds(timeline.length)}</Named>}
			</dl>
			{timeline !== null && <Bars timeline={timeline} />}
			{hasFailed.value && <p role="alert">{w.eventsFailed}</p>}
			{events.length > 0 && <Log events={events} start={events[0]?.at ?? 0} />}
		</>
	);
}

function Bars({ timeline: { lanes, length } }: { readonly timeline: Timeline }) {
	const w = words();
	const seen = PHASES.filter((phase) => lanes.some((lane) => totalOf(lane, phase) > 0));
	return (
		<div class="view-timeline">
			{lanes.map((lane, number) => (
				<Bar
					key={number}
					lane={lane}
					length={length}
					name={lanes.length > 1 ? `${w.timeline}, ${w.request(number + 1)}` : w.timeline}
				/>
			))}
			<ul class="view-legend" aria-hidden="true">
				{seen.map((phase) => (
					<li key={phase} class={`view-phase-${phase}`}>
						{lanes.length > 1
							? w.phases[phase]
							: w.span(w.phases[phase], formatSeconds(totalOf(lanes[0] ?? [], phase)))}
					</li>
				))}
			</ul>
		</div>
	);
}

interface BarProps {
	readonly lane: readonly PhaseSpan[];
	readonly length: number;
	readonly name: string;
}

function Bar({ lane, length, name }: BarProps) {
	const w = words();
	const said = lane.map(({ phase, from, to }) => w.span(w.phases[phase], formatSeconds(to - from)));
	return (
		<div class="view-lane" role="img" aria-label={`${name}: ${said.join(", ")}`}>
			{lane.map(({ phase, from, to }, place) => (
				<div
					key={from}
					class={`view-phase-${phase}`}
					title={said[place]}
					style={{ left: `${(100 * from) / length}%`, width: `${(100 * (to - from)) / length}%` }}
				/>
			))}
		</div>
	);
}

function Log({ events, start }: { readonly events: readonly JobEvent[]; readonly start: number }) {
	const w = words();
	return (
		<details>
			<summary>{`${w.events} (${events.length})`}</summary>
			<ol class="view-log">
				{events.map(({ sequence_number, at, type, ...rest }) => (
					<li key={sequence_number}>
						<span class="muted">+{formatSeconds(Math.max(0, at - start))}</span> <strong>{type}</strong>
						{Object.keys(rest).length > 0 && <pre class="view-raw">{JSON.stringify(rest, null, 2)}</pre>}
					</li>
				))}
			</ol>
		</details>
	);
}
