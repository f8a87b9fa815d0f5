module Deck
  SUITS = %w[clubs diamonds hearts spades].freeze
  RANKS = %w[ace 2 3 4 5 6 7 8 9 10 jack queen king].freeze

  def self.size = SUITS.size * RANKS.size

  def self.card(number)
    "#{RANKS[number % RANKS.size]} of #{SUITS[number / RANKS.size % SUITS.size]}"
  end
end
