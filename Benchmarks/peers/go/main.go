// Go's answers to what `preempt bench` asks of swift-preempt: go-peer NAME COUNT prints COUNT numbers, nanoseconds, one
// a line.
//
// request-to-run and stop-the-world call Go's own functions by their linker names (-ldflags=-checklinkname=0): what
// Go's users can reach, a wake-up or a garbage collection, waits for other things as well.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

//go:linkname preemptone runtime.preemptone
func preemptone(p unsafe.Pointer) bool

//go:linkname allp runtime.allp
var allp []unsafe.Pointer

//go:linkname procPin runtime.procPin
func procPin() int

//go:linkname procUnpin runtime.procUnpin
func procUnpin()

// As in Go's runtime/proc.go.
type worldStop struct {
	reason                            uint8
	started, finished, stoppingOnCPUs int64
}

//go:linkname stopTheWorld runtime.stopTheWorld
func stopTheWorld(reason uint8) worldStop

//go:linkname startTheWorld runtime.startTheWorld
func startTheWorld(w worldStop)

//go:linkname nanotime runtime.nanotime
func nanotime() int64

// CPU time of the process, for what happens on one thread.
func cpuTime() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano() + usage.Stime.Nano()
}

const warmUp = 3

func yield(count int) []float64 {
	runtime.GOMAXPROCS(1)
	const yields = 20000 // getrusage counts microseconds
	var stop atomic.Bool
	go func() {
		for !stop.Load() {
			runtime.Gosched()
		}
	}()
	defer stop.Store(true)
	var samples []float64
	for i := 0; i < count+warmUp; i++ {
		start := cpuTime()
		for j := 0; j < yields; j++ {
			runtime.Gosched()
		}
		samples = append(samples, float64(cpuTime()-start)/(2*yields))
	}
	return samples[warmUp:]
}

func spawn(count int) []float64 {
	runtime.GOMAXPROCS(1)
	const spawns = 10000
	var samples []float64
	for i := 0; i < count+warmUp; i++ {
		start := cpuTime()
		for j := 0; j < spawns; j++ {
			done := make(chan struct{})
			go func() { close(done) }()
			<-done
		}
		samples = append(samples, float64(cpuTime()-start)/spawns)
	}
	return samples[warmUp:]
}

var (
	word atomic.Uint64
	stop atomic.Bool
)

func publish(value uint64) {
	for !stop.Load() {
		word.Store(value)
	}
}

// Loops on one P, the asker on the other: pinned while it asks, so that the other P is the loops'. Eight of them, so that
// some wait in that P's queue and not all in the asker's; where none did, nothing changes and the sample is dropped, which
// is in Go's favour.
//
// The process starts pinned to one CPU; the asker's thread alone goes to the others, as ours does.
func requestToRun(count int) []float64 {
	runtime.GOMAXPROCS(2)
	runtime.LockOSThread()
	var mask [128]byte
	syscall.RawSyscall(syscall.SYS_SCHED_GETAFFINITY, 0, uintptr(len(mask)), uintptr(unsafe.Pointer(&mask)))
	for i := range mask {
		mask[i] = ^mask[i]
	}
	syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, uintptr(len(mask)), uintptr(unsafe.Pointer(&mask)))
	for i := uint64(1); i <= 8; i++ {
		go publish(i)
	}
	var samples []float64
	for len(samples) < count+warmUp {
		time.Sleep(200 * time.Microsecond)
		other := allp[1-procPin()]
		running := word.Load()
		start := nanotime()
		preemptone(other)
		for deadline := start + 1_000_000; nanotime() < deadline; {
			if word.Load() != running {
				samples = append(samples, float64(nanotime()-start))
				break
			}
		}
		procUnpin()
	}
	stop.Store(true)
	return samples[warmUp:]
}

// The time until every goroutine stands, asked for by one on a P of its own while `loops` tight loops want the others.
func stopWorld(processors, loops, count int) []float64 {
	runtime.GOMAXPROCS(processors)
	for i := 1; i <= loops; i++ {
		go publish(uint64(i))
	}
	var samples []float64
	for len(samples) < count+warmUp {
		time.Sleep(200 * time.Microsecond)
		start := nanotime()
		world := stopTheWorld(0)
		end := nanotime()
		startTheWorld(world)
		samples = append(samples, float64(end-start))
	}
	stop.Store(true)
	return samples[warmUp:]
}

func stopWithOneLoop(count int) []float64 { return stopWorld(2, 1, count) }

func stopWithLoops(count int) []float64 {
	processors := max(2, runtime.NumCPU())
	return stopWorld(processors, processors, count)
}

func main() {
	debug.SetGCPercent(-1)
	measurements := map[string]func(int) []float64{
		"yield": yield, "spawn": spawn, "request-to-run": requestToRun,
		"stop-the-world": stopWithOneLoop, "stop-the-world-every-p": stopWithLoops,
	}
	if len(os.Args) == 3 {
		count, err := strconv.Atoi(os.Args[2])
		if measure := measurements[os.Args[1]]; measure != nil && err == nil && count > 0 {
			for _, sample := range measure(count) {
				fmt.Println(sample)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go-peer NAME COUNT, with the name of a row of preempt bench")
	os.Exit(2)
}
