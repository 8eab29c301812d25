/** Draws landscapes: a sky, a sun and hills, from random numbers. */
import type { Drawing, Rgb } from "./png.ts";
import type { Random } from "./random.ts";

/** Colours of one landscape: three of the sky, from its top to the horizon, one of the sun, two of the hills. */
type Scheme = { sky: readonly [Rgb, Rgb, Rgb]; sun: Rgb; far: Rgb; near: Rgb; stars?: true };

function rgb(hex: number): Rgb {
	return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];
}

const SCHEMES: readonly Scheme[] = [
	{ sky: [rgb(0x2b3a67), rgb(0xe07a8b), rgb(0xffd9a0)], sun: rgb(0xfff3d6), far: rgb(0x9a6a94), near: rgb(0x1f1b3a) },
	{ sky: [rgb(0x2f80c8), rgb(0x8cc8ee), rgb(0xeaf6ff)], sun: rgb(0xfffbe0), far: rgb(0x7fb2b8), near: rgb(0x17433f) },
	{ sky: [rgb(0x1a1440), rgb(0x8b2f6d), rgb(0xff9a5a)], sun: rgb(0xffe0a3), far: rgb(0x6f2f6c), near: rgb(0x120a26) },
	{ sky: [rgb(0x0f3d3e), rgb(0x5fa777), rgb(0xe6f0b8)], sun: rgb(0xfffde0), far: rgb(0x5b9670), near: rgb(0x0c2620) },
	{ sky: [rgb(0x3d5a98), rgb(0xe9a76f), rgb(0xffe6b8)], sun: rgb(0xfff6dd), far: rgb(0xc9784c), near: rgb(0x4a1f1a) },
	{
		sky: [rgb(0x060b26), rgb(0x1d2f6f), rgb(0x5b73b5)],
		sun: rgb(0xf4f1de),
		far: rgb(0x2e3c74),
		near: rgb(0x050816),
		stars: true,
	},
	{ sky: [rgb(0x5d2e5f), rgb(0xd77a97), rgb(0xffe0dc)], sun: rgb(0xffffff), far: rgb(0xa85c86), near: rgb(0x2f1433) },
	{ sky: [rgb(0x1c3f5f), rgb(0x7fb7c9), rgb(0xf2fbff)], sun: rgb(0xffffff), far: rgb(0x8fb4c6), near: rgb(0x16344a) },
];

// Palette entries: the sky, then the sun, the stars and the hills.
const SKY_LEVELS = 128;
const SUN = 128;
const STAR = 129;
const HILLS = 130;
const LAYERS = 5;
const HILL_LEVELS = 24;
/** Reach of the sun's light, as a multiple of its radius. */
const GLOW = 6;
/** First palette entry that is free for an overlay. */
export const OVERLAY = HILLS + LAYERS * HILL_LEVELS;

function mix(from: Rgb, to: Rgb, part: number): Rgb {
	return [
		Math.round(from[0] + (to[0] - from[0]) * part),
		Math.round(from[1] + (to[1] - from[1]) * part),
		Math.round(from[2] + (to[2] - from[2]) * part),
	];
}

/** Draws a landscape. The sky brightens towards the horizon and around the sun. Each nearer layer of hills is darker. */
export function landscape(width: number, height: number, random: Random): Drawing {
	const scheme = SCHEMES[Math.floor(random() * SCHEMES.length)] ?? SCHEMES[0];
	if (!scheme) throw new Error("There are no colours");
	const short = Math.min(width, height);
	const horizon = height * (0.5 + 0.12 * random());
	const sun = {
		x: width * (0.15 + 0.7 * random()),
		y: horizon * (0.25 + 0.6 * random()),
		radius: short * (0.05 + 0.06 * random()),
	};
	const ridges = Array.from({ length: LAYERS }, (_, layer) => ridge(width, height, horizon, layer, random));
	const stars = scheme.stars ? starsOf(width, horizon, random) : new Map<number, number[]>();
	const glow = sun.radius * GLOW;
	const levelsPerRow = HILL_LEVELS / (height * 0.22);

	const drawRow = (y: number, row: Uint8Array): void => {
		const sky = Math.min(1, y / horizon) ** 1.3;
		row.fill(Math.floor(sky * (SKY_LEVELS - 1)));
		for (const x of stars.get(y) ?? []) row[x] = STAR;
		const reach = glow * glow - (y - sun.y) ** 2;
		if (reach > 0) shine(row, y, sky, Math.sqrt(reach), sun, glow);
		// The nearest layer that covers the whole row hides all layers behind it.
		const first = Math.max(
			0,
			ridges.findLastIndex(({ lowest }) => y >= lowest),
		);
		ridges.slice(first).forEach(({ tops, highest }, nearer) => {
			if (y < highest) return;
			const base = HILLS + (first + nearer) * HILL_LEVELS;
			for (let x = 0; x < width; x++) {
				const depth = y - (tops[x] ?? height);
				if (depth >= 0) row[x] = base + Math.min(HILL_LEVELS - 1, (depth * levelsPerRow) | 0);
			}
		});
	};
	return { width, height, palette: paletteOf(scheme), drawRow };
}

type Sun = { x: number; y: number; radius: number };

function shine(row: Uint8Array, y: number, sky: number, half: number, sun: Sun, glow: number): void {
	const left = Math.max(0, Math.floor(sun.x - half));
	const right = Math.min(row.length, Math.ceil(sun.x + half));
	for (let x = left; x < right; x++) {
		const distance = Math.sqrt((x - sun.x) ** 2 + (y - sun.y) ** 2);
		const light = Math.max(0, 1 - distance / glow) ** 2 * 0.85;
		row[x] = distance < sun.radius ? SUN : Math.floor((sky + (1 - sky) * light) * (SKY_LEVELS - 1));
	}
}

/** Top row of a layer of hills in each column, and the extremes of these rows. */
type Ridge = { tops: Int16Array; highest: number; lowest: number };

/** Adds some waves up to a ridge, ragged if it is far away, and round if it is near. */
function ridge(width: number, height: number, horizon: number, layer: number, random: Random): Ridge {
	const near = layer / (LAYERS - 1);
	const base = horizon + (height - horizon) * (0.05 + 0.75 * near);
	const swing = height * (0.11 - 0.06 * near);
	const waves = [1, 2.3, 5.1, 11.7].map((pace, at) => ({
		pace: (pace * (0.7 + 0.6 * random()) * Math.PI * 2 * width) / height / width,
		shift: random() * Math.PI * 2,
		part: [0.6, 0.3, 0.14, 0.05][at] ?? 0,
	}));
	const tops = Int16Array.from({ length: width }, (_, x) => {
		let lift = 0;
		for (const { pace, shift, part } of waves) {
			const wave = Math.sin(x * pace + shift);
			lift += part * (layer < 2 ? 1 - 2 * Math.abs(wave) : wave);
		}
		return base - swing * lift;
	});
	return { tops, highest: tops.reduce((a, b) => Math.min(a, b)), lowest: tops.reduce((a, b) => Math.max(a, b)) };
}

function starsOf(width: number, horizon: number, random: Random): Map<number, number[]> {
	const stars = new Map<number, number[]>();
	const count = Math.round(Math.sqrt(width * horizon) / 4);
	for (let at = 0; at < count; at++) {
		const x = Math.floor(random() * (width - 1));
		const y = Math.floor(random() ** 1.5 * horizon);
		stars.set(y, [...(stars.get(y) ?? []), x, x + 1]);
		stars.set(y + 1, [...(stars.get(y + 1) ?? []), x, x + 1]);
	}
	return stars;
}

function paletteOf({ sky: [top, middle, bottom], sun, far, near }: Scheme): Rgb[] {
	const sky = Array.from({ length: SKY_LEVELS }, (_, level) => {
		const part = (level / (SKY_LEVELS - 1)) * 2;
		return part < 1 ? mix(top, middle, part) : mix(middle, bottom, part - 1);
	});
	const hills = Array.from({ length: LAYERS * HILL_LEVELS }, (_, at) => {
		const layer = Math.floor(at / HILL_LEVELS) / (LAYERS - 1);
		const depth = (at % HILL_LEVELS) / (HILL_LEVELS - 1);
		const colour = mix(far, near, layer);
		return mix(mix(colour, bottom, 0.22 * (1 - layer)), mix(colour, near, 0.35), depth);
	});
	return [...sky, sun, [255, 255, 255], ...hills];
}
