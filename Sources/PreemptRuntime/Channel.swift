// A channel between tasks, of any runtime, and threads.

import DequeModule

extension PreemptRuntime {
  /// Hands elements from senders to receivers, each to one, first come, first served on either side.
  ///
  /// A task that waits is parked, any other thread blocked. What a task was sending when a shutdown abandoned it is lost
  /// unless it is in the buffer.
  public final class Channel<Element: Sendable>: @unchecked Sendable {
    private final class Sender: Waiter, @unchecked Sendable {
      var element: Element?
      var isRefused = false

      init(_ g: G?, _ element: Element) {
        self.element = element
        super.init(g)
      }
    }

    private final class Receiver: Waiter, @unchecked Sendable { var element: Element? }

    public let capacity: Int
    private let lock = Lock(.waiters)
    private var buffer = Deque<Element>()
    /// Not empty only while the buffer is full.
    private var senders = Deque<Sender>()
    /// Not empty only while the buffer is empty and nobody sends.
    private var receivers = Deque<Receiver>()
    private var isClosed = false

    /// - Parameter capacity: how many elements wait in the channel; with 0, a sender waits for its receiver.
    public init(capacity: Int = 0) {
      precondition(capacity >= 0, "a channel's capacity isn't negative")
      self.capacity = capacity
    }

    /// Returns when a receiver or the buffer has the element.
    /// - Throws: `PreemptError.channelClosed`, also where it is closed while the sender waits;
    ///   `PreemptError.preemptionDisabled`.
    public func send(_ element: Element) throws(PreemptError) {
      let g = try enterToPark("Channel.send(_:)")
      defer { if let g { leaveRuntime(g) } }
      lock.lock()
      do {
        if try place(element) { return }
      } catch {
        lock.unlock()
        throw error
      }
      let sender = Sender(g, element)
      sender.announce()
      senders.append(sender)
      lock.unlock()
      sender.wait()
      if sender.isRefused { throw PreemptError.channelClosed }
    }

    /// Sends if nobody has to wait for it, also inside `withPreemptionDisabled`. Returns whether it did.
    /// - Throws: `PreemptError.channelClosed`.
    public func trySend(_ element: Element) throws(PreemptError) -> Bool {
      try withRuntimeEntered { () throws(PreemptError) in
        lock.lock()
        do throws(PreemptError) {
          if try place(element) { return true }
        } catch {
          lock.unlock()
          throw error
        }
        lock.unlock()
        return false
      }
    }

    /// The next element; nil once the channel is closed and what was sent before is received.
    /// - Precondition: not inside `withPreemptionDisabled`.
    public func receive() -> Element? {
      let g = enterToParkOrStop("Channel.receive()")
      defer { if let g { leaveRuntime(g) } }
      lock.lock()
      if let element = next() { return element }
      if isClosed {
        lock.unlock()
        return nil
      }
      let receiver = Receiver(g)
      receiver.announce()
      receivers.append(receiver)
      lock.unlock()
      receiver.wait()
      return receiver.element
    }

    /// The next element, nil where there is none yet, also inside `withPreemptionDisabled`.
    public func tryReceive() -> Element? {
      withRuntimeEntered {
        lock.lock()
        if let element = next() { return element }
        lock.unlock()
        return nil
      }
    }

    /// Refuses what is sent from here on; receivers still get what was sent. Closing twice does nothing.
    public func close() {
      withRuntimeEntered {
        lock.lock()
        isClosed = true
        var refused = senders
        var unserved = receivers
        senders = []
        receivers = []
        // Before any of them can go on.
        for sender in refused { sender.isRefused = true }
        lock.unlock()
        while let sender = refused.popFirstLive() { sender.wake() }
        while let receiver = unserved.popFirstLive() { receiver.wake() }
      }
    }

    /// Under the lock, which it gives up where it returns true.
    private func place(_ element: Element) throws(PreemptError) -> Bool {
      if isClosed { throw PreemptError.channelClosed }
      if let receiver = receivers.popFirstLive() {
        receiver.element = element
        lock.unlock()
        receiver.wake()
        return true
      }
      guard buffer.count < capacity else { return false }
      buffer.append(element)
      lock.unlock()
      return true
    }

    /// Under the lock, which it gives up where it returns an element.
    private func next() -> Element? {
      let first = buffer.popFirst()
      // Room in the buffer, or somebody to take it, for the sender that waited longest.
      let sender = senders.popFirstLive()
      guard first != nil || sender != nil else { return nil }
      let second = sender?.element
      sender?.element = nil
      if first != nil, let second { buffer.append(second) }
      lock.unlock()
      sender?.wake()
      return first ?? second
    }
  }
}
