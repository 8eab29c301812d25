import type { JobEvent } from "../../core/events.ts";
import { CLOSE, type Down, parseUp, type Up } from "../watch/protocol.ts";

/** The sockets of the Workers that watch this job. They outlive the instance, so what is known of each rides on it. */
export interface Watchers {
	/** Accepts a socket and sends it the backlog, without an await between. */
	add(socket: WebSocket, backlog: readonly JobEvent[]): void;
	send(events: readonly JobEvent[]): void;
	/** A message from one of them; null for one that cannot be read. */
	read(socket: WebSocket, message: string | ArrayBuffer): Up | null;
	/** Asks a watcher to follow fal's status stream, if none does and one can. */
	offerFollowing(streamUrl: string): void;
	watched(): boolean;
	followed(): boolean;
	closeAll(): void;
}

interface Attachment {
	/** `able` may be asked, `following` was, `unable` tried and could not. */
	readonly follower: "able" | "following" | "unable";
}

export function createWatchers(ctx: DurableObjectState): Watchers {
	const open = () => ctx.getWebSockets().filter((socket) => socket.readyState === WebSocket.READY_STATE_OPEN);
	const attach = (socket: WebSocket, attachment: Attachment) => socket.serializeAttachment(attachment);
	const followerOf = (socket: WebSocket): Attachment["follower"] =>
		(socket.deserializeAttachment() as Attachment).follower;
	const sendTo = (socket: WebSocket, message: Down) => {
		try {
			socket.send(JSON.stringify(message));
		} catch {
			// It is gone; its close event comes by itself.
		}
	};
	const followed = () => open().some((socket) => followerOf(socket) === "following");

	return {
		add: (socket, backlog) => {
			ctx.acceptWebSocket(socket);
			attach(socket, { follower: "able" });
			sendTo(socket, { type: "events", events: backlog });
		},
		send: (events) => {
			for (const socket of open()) sendTo(socket, { type: "events", events });
		},
		read: (socket, message) => {
			const up = typeof message === "string" ? parseUp(message) : null;
			if (up?.type === "unfollowed") attach(socket, { follower: "unable" });
			return up;
		},
		offerFollowing: (streamUrl) => {
			if (followed()) return;
			const socket = open().find((candidate) => followerOf(candidate) === "able");
			if (socket === undefined) return;
			attach(socket, { follower: "following" });
			sendTo(socket, { type: "follow", streamUrl });
		},
		watched: () => open().length > 0,
		followed,
		closeAll: () => {
			for (const socket of open()) socket.close(CLOSE.other, "the job was deleted");
		},
	};
}
