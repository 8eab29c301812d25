import { encode } from "fast-png";

export type PictureSpec = {
	width: number;
	height: number;
	prompt: string;
	seed: number;
	index: number;
	black: boolean;
};

export const drawPng = async ({ width, height, seed, index }: PictureSpec): Promise<Uint8Array> => {
	const data = new Uint8Array(width * height);
	for (let y = 0; y < height; y++)
		data.fill(((y * 255) / height + seed + index * 50) & 255, y * width, (y + 1) * width);
	const palette = Array.from({ length: 256 }, (_, i) => [i, 255 - i, 128]);
	return encode({ width, height, data, channels: 1, depth: 8, palette }, { zlib: { level: 1 } });
};
