import type { BrowserContext } from '@playwright/test';

/** Somebody in front of a camera, drawn: nobody's real face stands in the documentation. */
export interface Portrait {
  readonly wall: string;
  readonly shelf: string;
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
  readonly longHair: boolean;
  readonly glasses: boolean;
}

export const portraits = {
  host: { wall: '#d9e4dd', shelf: '#8a6f4e', skin: '#f0c9a8', hair: '#5b3a26', clothes: '#1f6f6b', longHair: true, glasses: true },
  teacher: { wall: '#e8dcc8', shelf: '#5d7285', skin: '#e6b48f', hair: '#23201f', clothes: '#7a3e4f', longHair: true, glasses: false },
  guest: { wall: '#cfdbe6', shelf: '#74604a', skin: '#f3d3b5', hair: '#8f8a86', clothes: '#3c4a63', longHair: false, glasses: true },
  jury: { wall: '#e3d6dc', shelf: '#6d7d5c', skin: '#d9a47c', hair: '#3d2a1d', clothes: '#b4722f', longHair: false, glasses: false },
} satisfies Record<string, Portrait>;

/** The camera of every page of the context shows the portrait instead of the fake device's pattern. */
export async function sitForPortrait(context: BrowserContext, portrait: Portrait): Promise<void> {
  await context.addInitScript(draw, portrait);
}

/** Runs inside the page; so it may use nothing from this module. */
function draw(person: Portrait): void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return;
  const [width, height, framesPerSecond] = [640, 360, 8];

  const scene = (pen: CanvasRenderingContext2D, seconds: number) => {
    pen.fillStyle = person.wall;
    pen.fillRect(0, 0, width, height);
    const light = pen.createLinearGradient(0, 0, width, 0);
    light.addColorStop(0, 'rgba(255,255,255,0.45)');
    light.addColorStop(0.6, 'rgba(255,255,255,0)');
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    // Two shelves of books behind the person.
    const covers = ['#a8443c', '#3f6d8e', '#c99a3b', '#4f7a58', '#7b5a86', '#d8cbb4'];
    for (const [row, top] of [48, 150].entries()) {
      let x = 420;
      for (let book = 0; x < 610; book++) {
        const [wide, tall] = [12 + ((book * 7 + row * 5) % 9), 62 + ((book * 13 + row * 11) % 24)];
        pen.fillStyle = covers[(book * 5 + row * 2) % covers.length] ?? '#888';
        pen.fillRect(x, top + 88 - tall, wide, tall);
        x += wide + 2;
      }
      pen.fillStyle = person.shelf;
      pen.fillRect(408, top + 88, 232, 8);
    }
    // The person breathes and nods a little: a picture that stands still would not be a live one.
    const breath = Math.sin(seconds * 1.6) * 2;
    const [x, y] = [width * 0.42 + Math.sin(seconds * 0.7) * 5, 150 + breath];
    pen.fillStyle = person.hair;
    if (person.longHair) {
      pen.beginPath();
      pen.ellipse(x, y + 34, 84, 118, 0, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.fillStyle = person.clothes;
    pen.beginPath();
    pen.moveTo(x - 165, height);
    pen.bezierCurveTo(x - 150, y + 128, x - 80, y + 108, x, y + 108);
    pen.bezierCurveTo(x + 80, y + 108, x + 150, y + 128, x + 165, height);
    pen.fill();
    pen.fillStyle = person.skin;
    pen.fillRect(x - 26, y + 60, 52, 58);
    pen.beginPath();
    pen.ellipse(x, y + 118, 26, 16, 0, 0, Math.PI);
    pen.fill();
    pen.beginPath();
    pen.ellipse(x, y + 8, 62, 76, 0, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = person.hair;
    pen.beginPath();
    pen.ellipse(x, y - 34, 68, 48, 0, Math.PI, 2 * Math.PI);
    pen.quadraticCurveTo(x + 30, y - 56, x - 10, y - 30);
    pen.quadraticCurveTo(x - 40, y - 40, x - 68, y - 34);
    pen.fill();
    const blink = seconds % 3.4 < 0.14 ? 1 : 7;
    pen.fillStyle = '#2b2523';
    for (const side of [-1, 1]) {
      pen.beginPath();
      pen.ellipse(x + side * 24, y + 4, 5, blink, 0, 0, 2 * Math.PI);
      pen.fill();
    }
    if (person.glasses) {
      pen.strokeStyle = '#3a3432';
      pen.lineWidth = 3;
      for (const side of [-1, 1]) {
        pen.beginPath();
        pen.roundRect(x + side * 24 - 18, y - 11, 36, 30, 10);
        pen.stroke();
      }
      pen.beginPath();
      pen.moveTo(x - 6, y + 2);
      pen.lineTo(x + 6, y + 2);
      pen.stroke();
    }
    pen.strokeStyle = '#8c4a3f';
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.beginPath();
    pen.arc(x, y + 36, 18, 0.2 * Math.PI, 0.8 * Math.PI);
    pen.stroke();
  };

  const camera = (): MediaStreamTrack | undefined => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    if (!pen) return undefined;
    const frame = () => scene(pen, performance.now() / 1000);
    frame();
    const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
    const timer = setInterval(() => {
      if (track?.readyState === 'ended') clearInterval(timer);
      else frame();
    }, 1000 / framesPerSecond);
    return track;
  };

  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = constraints?.audio ? await getUserMedia({ audio: constraints.audio }) : new MediaStream();
    const track = constraints?.video ? camera() : undefined;
    if (track) stream.addTrack(track);
    return stream;
  };
}
